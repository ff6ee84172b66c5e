-- Stop and searches in force. data.police.uk publishes whole months anew, so a later file with searches of a force in a month takes
-- the place of an earlier one entirely. Grain: one row a force, day, object and outcome.
with stated as (
    select
        search_day.*,
        upload_in_force.sample,
        upload_in_force.as_of,
        dense_rank() over (partition by search_day.force, date_trunc('month', search_day.day) order by upload_in_force.seq desc) as place
    from search_day
    inner join upload_in_force using (upload_id)
)

select * exclude (place)
from stated
where place = 1
