-- Web pages as their latest exports gave them, newest period first and the most viewed first within it, and how many rows there are in
-- all. Grain: one row a page and period.
select
    web_current.*,
    upload.file_name,
    count(*) over (partition by 1) as total_rows
from web_current
inner join upload using (upload_id)
order by web_current.period_end desc nulls last, web_current.web_views desc nulls last, web_current.page
limit cast($most_rows as bigint)
