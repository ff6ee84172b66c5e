-- Posts as the reader filtered them, newest first, each with its campaigns and the file its latest values come from. Made-up sample posts
-- are listed where they are asked for, by $sample or by their upload, and never among real ones. The highest reach is said of posts of one
-- network alone, since networks, tools and video assets count it in ways that do not compare. Grain: one row a post.
-- Which posts are listed is settled over few columns; the rest, texts above all, is fetched for those alone, and found by when they were
-- published, since posts lie in the mart much as exports list them.
with candidate as not materialized (
    select
        network,
        post_key,
        published_at,
        upload_id,
        record_no,
        reach,
        ours,
        sample
    from post
    where cast($campaign as varchar) is null
    union all
    select
        network,
        post_key,
        published_at,
        upload_id,
        record_no,
        reach,
        ours,
        sample
    from campaign_post
    where campaign = $campaign
),

chosen as not materialized (
    select *
    from candidate
    where
        (cast($ours as boolean) is null or ours = cast($ours as boolean))
        and (cast($network as varchar) is null or network = $network)
        and (cast($upload_id as varchar) is not null or sample = coalesce(cast($sample as boolean), false))
        and (cast($upload_id as varchar) is null or cast(upload_id as varchar) = $upload_id)
        and (
            cast($words as varchar) is null
            or (upload_id, record_no) in (
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

newest as materialized (
    select
        network,
        post_key,
        published_at
    from chosen
    order by published_at desc, network, post_key
    limit cast($most_rows as bigint)
),

listed as (
    select post.*
    from newest
    inner join post using (network, post_key, published_at)
    union all
    select post.*
    from newest
    inner join post using (network, post_key)
    where newest.published_at is null
),

tagged as (
    select
        network,
        post_key,
        string_agg(campaign, ', ' order by campaign) as campaigns
    from campaign_post
    semi join newest using (network, post_key)
    group by network, post_key
)

select
    listed.*,
    upload.file_name,
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
inner join upload using (upload_id)
inner join post_observation as observation using (upload_id, record_no)
left join account_current on listed.network = account_current.network and listed.account = account_current.account
left join tagged on listed.network = tagged.network and listed.post_key = tagged.post_key
cross join whole
order by listed.published_at desc, listed.network, listed.post_key
