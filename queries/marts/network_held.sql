-- What is held of our own posts: how many, over which London days, from which export, and which metrics have values. A tool's view of a
-- network and its video assets are networks of their own here: they can be of the same posts, so no count may be added to theirs.
-- Grain: one row a network, of real posts and of made-up sample posts.
select
    sample,
    network,
    count(*) as posts,
    cast(timezone('Europe/London', timezone('UTC', min(published_at))) as date) as first_day,
    cast(timezone('Europe/London', timezone('UTC', max(published_at))) as date) as last_day,
    max(as_of) as as_of,
    list_filter([
        case when count(reach) > 0 then 'reach' end,
        case when count(viewers) > 0 then 'viewers' end,
        case when count(views) > 0 then 'views' end,
        case when count(impressions) > 0 then 'impressions' end,
        case when count(potential_reach) > 0 then 'potential_reach' end
    ], lambda metric: metric is not null) as metrics
from post
where ours
group by sample, network
