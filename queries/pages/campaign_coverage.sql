-- How much of each campaign's days the files in force cover, on each network it has posts of our own accounts on: days of every such
-- account that lie inside a file of posts, of those from the campaign's first day to its last. A file covers the days from its first row to
-- its last. Campaigns without both days are not here. Grain: one row a campaign, real or made-up posts and network.
with posted as (
    select distinct
        campaign,
        sample,
        network,
        account
    from campaign_post
    where ours
),

asked as (
    select
        posted.*,
        cast(unnest(generate_series(campaign_current.start_date, campaign_current.end_date, interval 1 day)) as date) as day
    from posted
    inner join campaign_current on posted.campaign = campaign_current.campaign
    where campaign_current.start_date is not null and campaign_current.end_date is not null
),

looked as (
    select
        asked.campaign,
        asked.sample,
        asked.network,
        asked.day,
        asked.account,
        count(account_period.upload_id) > 0 as held
    from asked
    left join account_period
        on
            asked.network = account_period.network
            and asked.account = account_period.account
            and asked.sample = account_period.sample
            and account_period.table_name = 'post_observation'
            and asked.day between account_period.period_start and account_period.period_end
    group by asked.campaign, asked.sample, asked.network, asked.day, asked.account
)

select
    campaign,
    sample,
    network,
    count(distinct day) as days,
    count(distinct day) filter (where not held) as days_missing
from looked
group by campaign, sample, network
order by campaign, sample, network
