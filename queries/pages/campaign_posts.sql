-- The posts of a campaign, newest first, real ones or made-up sample posts, with what a list of posts shows of each: from the mart of
-- campaigns alone, which holds all of that. How many there are is said by pages/campaign_totals. Grain: one row a post.
with listed as (
    select
        network,
        post_key,
        account,
        published_at,
        as_of,
        upload_id,
        record_no,
        sample,
        reach,
        viewers,
        views,
        impressions,
        engagements,
        reactions_likes,
        comments,
        shares,
        saves,
        link_clicks,
        follows_new,
        text,
        kind,
        permalink,
        file_post_id,
        campaign_names as campaigns
    from campaign_post
    where campaign = $campaign and sample = coalesce(cast($sample as boolean), false)
    order by published_at desc, network, post_key
    limit cast($most_rows as bigint)
)

select
    listed.*,
    upload.file_name,
    timezone('Europe/London', timezone('UTC', listed.published_at)) as published_london,
    account_current.name as account_name
from listed
inner join upload using (upload_id)
left join account_current on listed.network = account_current.network and listed.account = account_current.account
order by listed.published_at desc, listed.network, listed.post_key
