-- Campaigns as they were last recorded, the latest first and retired ones last: how many posts each has, made-up sample posts apart,
-- how many of its posts are in another campaign too, and how many figures of it are shown. Grain: one row a campaign.
with held as (
    select
        campaign,
        count(*) filter (where not sample) as posts,
        count(*) filter (where not sample and by_hand) as by_hand,
        count(*) filter (where not sample and campaigns > 1) as shared,
        count(*) filter (where sample) as sample_posts
    from campaign_post
    group by campaign
),

figured as (
    select
        campaign,
        count(*) as figures
    from figure_current
    where campaign is not null
    group by campaign
)

select
    campaign_current.*,
    coalesce(held.posts, 0) as posts,
    coalesce(held.by_hand, 0) as by_hand,
    coalesce(held.shared, 0) as shared,
    coalesce(held.sample_posts, 0) as sample_posts,
    coalesce(figured.figures, 0) as figures
from campaign_current
left join held on campaign_current.campaign = held.campaign
left join figured on campaign_current.campaign = figured.campaign
order by
    campaign_current.status is not distinct from 'retired',
    campaign_current.start_date desc nulls last,
    campaign_current.campaign
