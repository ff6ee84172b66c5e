-- Posts as the reader filtered them, newest first, each with its campaigns and the file its latest values come from. Made-up sample posts
-- are listed where they are asked for, by $sample or by their upload, and never among real ones. The highest reach is said of posts of one
-- network alone, since networks, tools and video assets count it in ways that do not compare. Grain: one row a post.
with chosen as not materialized (
    select
        post.*,
        upload.file_name,
        upload.sample
    from post
    inner join upload using (upload_id)
    where
        (cast($ours as boolean) is null or post.ours = cast($ours as boolean))
        and (cast($network as varchar) is null or post.network = $network)
        and (
            cast($campaign as varchar) is null
            or (post.network, post.post_key) in (
                select (campaign_post.network, campaign_post.post_key)
                from campaign_post
                where campaign_post.campaign = $campaign
            )
        )
        and (cast($upload_id as varchar) is not null or upload.sample = coalesce(cast($sample as boolean), false))
        and (cast($upload_id as varchar) is null or cast(post.upload_id as varchar) = $upload_id)
        and (
            cast($words as varchar) is null
            or (post.upload_id, post.record_no) in (
                select (observation.upload_id, observation.record_no)
                from post_observation as observation
                where contains(lower(coalesce(observation.text, '')), lower(cast($words as varchar)))
            )
        )
),

whole as (
    select
        count(*) as posts,
        min(network) <> max(network) as several,
        max(reach) as highest,
        bool_or(contains(network, '_')) as apart
    from chosen
),

-- Texts and campaigns are fetched for those that are listed alone: texts are most of what is stored.
listed as (
    select *
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
    semi join listed using (network, post_key)
    group by network, post_key
)

select
    listed.*,
    timezone('Europe/London', timezone('UTC', listed.published_at)) as published_london,
    observation.text,
    observation.kind,
    observation.permalink,
    observation.file_post_id,
    account_current.name as account_name,
    tagged.campaigns,
    whole.posts,
    case when not whole.several and not starts_with(listed.network, 'video_') then whole.highest end as highest_reach,
    whole.several and whole.apart as views_apart
from listed
inner join post_observation as observation using (upload_id, record_no)
left join account_current on listed.network = account_current.network and listed.account = account_current.account
left join tagged on listed.network = tagged.network and listed.post_key = tagged.post_key
cross join whole
order by listed.published_at desc, listed.network, listed.post_key
