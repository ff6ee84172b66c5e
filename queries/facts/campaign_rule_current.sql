-- Tagging rules as they were last recorded, with when each was first; retired ones are left out. Grain: one row a rule.
with stated as (
    select
        *,
        min(recorded_at) over (partition by rule_id) as made_at,
        row_number() over (partition by rule_id order by recorded_at desc) as place
    from campaign_rule
)

select * exclude (place, retired)
from stated
where place = 1 and not retired
