-- What is held of our own posts, of one network, of one campaign and between two London days where those are given:
-- how many, over which London days, from which export, and which metrics have values. A tool's view of a network and its video assets
-- are networks of their own here: they can be of the same posts, so no count may be added to theirs.
-- Grain: one row a network, of real posts and of made-up sample posts.
select
    post.sample,
    post.network,
    count(*) as posts,
    cast(timezone('Europe/London', timezone('UTC', min(post.published_at))) as date) as first_day,
    cast(timezone('Europe/London', timezone('UTC', max(post.published_at))) as date) as last_day,
    max(post.as_of) as as_of,
    list_filter([
        case when count(post.reach) > 0 then 'reach' end,
        case when count(post.viewers) > 0 then 'viewers' end,
        case when count(post.views) > 0 then 'views' end,
        case when count(post.impressions) > 0 then 'impressions' end,
        case when count(post.potential_reach) > 0 then 'potential_reach' end
    ], lambda metric: metric is not null) as metrics
from post
where
    post.ours
    and (cast($network as varchar) is null or post.network = $network)
    and (
        cast($campaign as varchar) is null
        or (post.network, post.post_key) in (
            select (campaign_post.network, campaign_post.post_key)
            from campaign_post
            where campaign_post.campaign = $campaign
        )
    )
    and (
        cast($date_from as date) is null
        or cast(timezone('Europe/London', timezone('UTC', post.published_at)) as date) >= $date_from
    )
    and (
        cast($date_to as date) is null
        or cast(timezone('Europe/London', timezone('UTC', post.published_at)) as date) <= $date_to
    )
group by post.sample, post.network
order by post.sample, post.network
