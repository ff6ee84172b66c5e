-- How many uploads in force were read as each format. Grain: one row a format.
select
    format,
    count(*) as uploads
from upload_in_force
group by format
order by format
