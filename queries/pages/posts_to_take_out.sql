-- Posts that a person may take out of a campaign, of some words and days, newest first. Days are London's, the last one included. Made-up
-- sample posts are not offered. Grain: one row a post.
select
    network,
    post_key,
    timezone('Europe/London', timezone('UTC', published_at)) as published_london,
    text
from campaign_post
where
    campaign = $campaign
    and not sample
    and (
        cast($date_from as date) is null
        or published_at >= timezone('UTC', timezone('Europe/London', cast(cast($date_from as date) as timestamp)))
    )
    and (
        cast($date_to as date) is null
        or published_at < timezone('UTC', timezone('Europe/London', cast(cast($date_to as date) + 1 as timestamp)))
    )
    and (cast($words as varchar) is null or contains(lower(coalesce(text, '')), lower(cast($words as varchar))))
order by published_at desc, network, post_key
limit cast($most_rows as bigint)
