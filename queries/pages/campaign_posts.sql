-- The posts of a campaign, newest first, real ones or made-up sample posts, as pages/posts lists posts: from the mart of campaigns alone,
-- which holds all that is listed. Grain: one row a post.
with chosen as not materialized (
    select *
    from campaign_post
    where campaign = $campaign and sample = coalesce(cast($sample as boolean), false)
),

-- By network first, since the same few names are looked at a hundred thousand times otherwise.
part as (
    select
        network,
        count(*) as posts,
        max(reach) as highest
    from chosen
    group by network
),

whole as (
    select
        cast(sum(posts) as bigint) as posts,
        count(*) > 1 as several,
        max(highest) as highest,
        bool_or(contains(network, '_')) as apart
    from part
),

listed as (
    select
        * exclude (campaign, campaigns, campaign_names, by_hand, rule_id),
        campaign_names as campaigns
    from chosen
    order by published_at desc, network, post_key
    limit cast($most_rows as bigint)
)

select
    listed.*,
    upload.file_name,
    timezone('Europe/London', timezone('UTC', listed.published_at)) as published_london,
    account_current.name as account_name,
    whole.posts,
    case when not whole.several and not starts_with(listed.network, 'video_') then whole.highest end as highest_reach,
    whole.several and whole.apart as views_apart
from listed
inner join upload using (upload_id)
left join account_current on listed.network = account_current.network and listed.account = account_current.account
cross join whole
order by listed.published_at desc, listed.network, listed.post_key
