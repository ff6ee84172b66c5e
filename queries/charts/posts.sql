-- Our posts, of one campaign where that is given, with the latest value of one metric, at their London time; above $most_posts of them,
-- the highest of each London day.
-- Each row says how many posts have a publish time and how many have none (undated), which are on no axis.
-- Grain: one row a post, or one a day; where no post has a publish time, one row without a post.
with chosen as (
    select
        post.network || ' ' || post.post_key as post_key,
        post.network,
        timezone('Europe/London', timezone('UTC', post.published_at)) as published_at,
        case $metric
            when 'reach' then post.reach
            when 'viewers' then post.viewers
            when 'views' then post.views
            when 'impressions' then post.impressions
            when 'potential_reach' then post.potential_reach
        end as value,
        post.as_of,
        post.sample,
        post.upload_id,
        post.record_no
    from post
    where
        post.ours
        and post.sample = cast($sample as boolean)
        and list_contains($networks, post.network)
        and (
            cast($campaign as varchar) is null
            or (post.network, post.post_key) in (
                select (campaign_post.network, campaign_post.post_key)
                from campaign_post
                where campaign_post.campaign = $campaign
            )
        )
),

measured as (
    select
        *,
        cast(published_at as date) as published_on
    from chosen
    where
        value is not null
        and (cast($date_from as date) is null or cast(published_at as date) >= $date_from)
        and (cast($date_to as date) is null or cast(published_at as date) <= $date_to)
),

total as (
    select
        count(published_on) as posts,
        count(*) - count(published_on) as undated
    from measured
),

shown as (
    select
        measured.*,
        row_number() over (partition by measured.published_on order by measured.value desc, measured.post_key) as place
    from measured
    where measured.published_on is not null
)

select
    shown.post_key,
    shown.network,
    shown.published_at,
    cast(shown.value as double) as value,
    left(observation.text, 200) as text,
    shown.as_of,
    shown.sample,
    cast(shown.upload_id as varchar) as upload_id,
    upload.file_name,
    shown.record_no,
    total.posts,
    total.undated
from total
left join shown on total.posts <= cast($most_posts as bigint) or shown.place = 1
left join upload on shown.upload_id = upload.upload_id
left join post_observation as observation on shown.upload_id = observation.upload_id and shown.record_no = observation.record_no
order by shown.published_at, shown.post_key
