-- The operations that a campaign is said by a person to have run alongside. Grain: one row a campaign and an operation of an area.
with stated as (
    select
        *,
        row_number() over (partition by campaign, operation, area order by recorded_at desc) as place
    from campaign_operation
)

select * exclude (place, retired)
from stated
where place = 1 and not retired
