-- Campaigns that ran alongside an operation: linked to it by a person, named beside it by a figure, or of days that share one with its own.
-- Grain: one row a campaign.
with told as (
    select
        campaign,
        true as linked,
        false as figured,
        false as overlapping
    from campaign_operation_current
    where operation = $operation and area = $area
    union all
    select
        campaign,
        false as linked,
        true as figured,
        false as overlapping
    from figure_current
    where operation = $operation and area = $area and campaign is not null
    union all
    select
        campaign,
        false as linked,
        false as figured,
        true as overlapping
    from campaign_current
    where
        start_date <= cast($last_day as date)
        and coalesce(end_date, start_date) >= cast($first_day as date)
        and status is distinct from 'retired'
),

gathered as (
    select
        campaign,
        bool_or(linked) as linked,
        bool_or(figured) as figured,
        bool_or(overlapping) as overlapping
    from told
    group by campaign
)

select
    gathered.*,
    campaign_current.start_date,
    campaign_current.end_date,
    campaign_current.date_note
from gathered
left join campaign_current on gathered.campaign = campaign_current.campaign
order by campaign_current.start_date nulls last, gathered.campaign
