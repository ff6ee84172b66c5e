-- What the posts of each account of ours add up to, where it adds up, by London month of publication: all that a platform counted
-- of them since, as its latest export gave it. filled_… says how many of the posts have a value: where none has, there is no total, which
-- is not 0. Of reach and viewers the highest of one post, never a sum. Grain: one row a network, account and month.
-- London is at most one hour ahead of UTC, so that only the last hour of a month needs to be looked up.
with own as (
    select
        post.*,
        case
            when date_trunc('month', post.published_at) = date_trunc('month', post.published_at + interval 1 hour)
                then date_trunc('month', post.published_at)
            else date_trunc('month', timezone('Europe/London', timezone('UTC', post.published_at)))
        end as month
    from post
    where
        post.ours
        and post.published_at is not null
        and post.upload_id in (
            select upload.upload_id
            from upload
            where upload.sample = coalesce(cast($sample as boolean), false)
        )
)

select
    network,
    account,
    cast(month as date) as month,
    count(*) as posts,
    max(reach) as highest_reach,
    max(viewers) as highest_viewers,
    cast(sum(views) as bigint) as total_views,
    count(views) as filled_views,
    cast(sum(impressions) as bigint) as total_impressions,
    count(impressions) as filled_impressions,
    cast(sum(engagements) as bigint) as total_engagements,
    count(engagements) as filled_engagements,
    cast(sum(link_clicks) as bigint) as total_link_clicks,
    count(link_clicks) as filled_link_clicks,
    cast(sum(video_3s_views) as bigint) as total_video_3s_views,
    count(video_3s_views) as filled_video_3s_views
from own
where
    (cast($date_from as date) is null or month >= $date_from)
    and (cast($date_to as date) is null or month <= $date_to)
group by network, account, month
order by network, account, month
