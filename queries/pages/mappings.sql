-- Mappings of files that Reach does not know, as they stand now, newest first, and when each was made and by whom.
-- Grain: one row a mapping.
with stated as (
    select
        *,
        row_number() over (partition by mapping_id order by recorded_at desc, retired desc) as place,
        min(recorded_at) over (partition by mapping_id) as made_at,
        arg_min(recorded_by, recorded_at) over (partition by mapping_id) as made_by
    from mapping
)

select * exclude (place)
from stated
where place = 1
order by made_at desc, mapping_id
