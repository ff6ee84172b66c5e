-- What was recorded of each campaign since an instant in UTC: its record, its tagging rules, posts put in or taken out by hand, operations
-- alongside. Grain: one row a campaign and kind of thing recorded.
with recorded as (
    select
        campaign,
        'record' as what,
        recorded_at,
        recorded_by
    from campaign
    union all
    select
        campaign,
        'tagging rule' as what,
        recorded_at,
        recorded_by
    from campaign_rule
    union all
    select
        campaign,
        'decision on a post' as what,
        recorded_at,
        recorded_by
    from campaign_hand
    union all
    select
        campaign,
        'operation alongside' as what,
        recorded_at,
        recorded_by
    from campaign_operation
)

select
    campaign,
    what,
    count(*) filter (where recorded_at >= cast($since as timestamp)) as changes,
    count(*) filter (where recorded_at < cast($since as timestamp)) as earlier,
    max(recorded_at) as recorded_at,
    arg_max(recorded_by, recorded_at) as recorded_by
from recorded
group by campaign, what
having count(*) filter (where recorded_at >= cast($since as timestamp)) > 0
order by recorded_at desc, campaign, what
