-- Crimes and outcomes in force. data.police.uk publishes whole months anew, so a later file of a force, month and kind takes the
-- place of an earlier one entirely. Grain: one row a force, month, kind and category.
with stated as (
    select
        crime_month.*,
        upload_in_force.sample,
        upload_in_force.as_of,
        dense_rank() over (partition by crime_month.force, crime_month.month, crime_month.kind order by upload_in_force.seq desc) as place
    from crime_month
    inner join upload_in_force using (upload_id)
)

select * exclude (place)
from stated
where place = 1
