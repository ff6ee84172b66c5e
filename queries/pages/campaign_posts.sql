-- The posts of a campaign, newest first, real ones or made-up sample posts, as pages/posts lists posts: from the mart of campaigns alone,
-- which holds all that is listed. Grain: one row a post.
with chosen as not materialized (
    select *
    from campaign_post
    where campaign = $campaign and sample = coalesce(cast($sample as boolean), false)
),

whole as (
    select
        count(*) as posts,
        min(network) <> max(network) as several,
        max(reach) as highest,
        bool_or(contains(network, '_')) as apart
    from chosen
),

listed as (
    select * exclude (campaign, campaigns, by_hand, rule_id)
    from chosen
    order by published_at desc, network, post_key
    limit cast($most_rows as bigint)
),

tagged as (
    select
        network,
        post_key,
        string_agg(campaign, ', ' order by campaign) as campaigns
    from campaign_post
    where campaigns > 1
    group by network, post_key
)

select
    listed.*,
    upload.file_name,
    timezone('Europe/London', timezone('UTC', listed.published_at)) as published_london,
    account_current.name as account_name,
    coalesce(tagged.campaigns, $campaign) as campaigns,
    whole.posts,
    case when not whole.several and not starts_with(listed.network, 'video_') then whole.highest end as highest_reach,
    whole.several and whole.apart as views_apart
from listed
inner join upload using (upload_id)
left join account_current on listed.network = account_current.network and listed.account = account_current.account
left join tagged on listed.network = tagged.network and listed.post_key = tagged.post_key
cross join whole
order by listed.published_at desc, listed.network, listed.post_key
