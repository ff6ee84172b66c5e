-- The posts of an upload that is the latest look at them, as the mart post shows them from now on: what the export does not give of a
-- post stays as it is shown. With $others the posts that the upload says nothing of too, as they are. Grain: one row a post.
with own as (
    select *
    from post_observation
    where upload_id = $upload
),

ours as (
    select
        network,
        account
    from account_current
    where ours
)

select
    coalesce(own.network, earlier.network) as network,
    coalesce(own.post_id, earlier.post_key) as post_key,
    coalesce(own.account, earlier.account) as account,
    coalesce(own.published_at, earlier.published_at) as published_at,
    case
        when own.upload_id is null then earlier.as_of
        else (
            select as_of
            from upload
            where upload.upload_id = $upload
        )
    end as as_of,
    coalesce(own.upload_id, earlier.upload_id) as upload_id,
    coalesce(own.record_no, earlier.record_no) as record_no,
    coalesce(earlier.observations, 0) + cast(own.upload_id is not null as bigint) as observations,
    coalesce(own.reach, earlier.reach) as reach,
    coalesce(own.viewers, earlier.viewers) as viewers,
    coalesce(own.views, earlier.views) as views,
    coalesce(own.impressions, earlier.impressions) as impressions,
    coalesce(own.reach_organic, earlier.reach_organic) as reach_organic,
    coalesce(own.reach_boosted, earlier.reach_boosted) as reach_boosted,
    coalesce(own.views_organic, earlier.views_organic) as views_organic,
    coalesce(own.views_boosted, earlier.views_boosted) as views_boosted,
    coalesce(own.engagements, earlier.engagements) as engagements,
    coalesce(own.reactions_likes, earlier.reactions_likes) as reactions_likes,
    coalesce(own.comments, earlier.comments) as comments,
    coalesce(own.shares, earlier.shares) as shares,
    coalesce(own.saves, earlier.saves) as saves,
    coalesce(own.clicks_all, earlier.clicks_all) as clicks_all,
    coalesce(own.link_clicks, earlier.link_clicks) as link_clicks,
    coalesce(own.follows_new, earlier.follows_new) as follows_new,
    coalesce(own.profile_visits, earlier.profile_visits) as profile_visits,
    coalesce(own.video_3s_views, earlier.video_3s_views) as video_3s_views,
    coalesce(own.video_1m_views, earlier.video_1m_views) as video_1m_views,
    coalesce(own.video_30s_views, earlier.video_30s_views) as video_30s_views,
    coalesce(own.video_95_views, earlier.video_95_views) as video_95_views,
    coalesce(own.engaged_views, earlier.engaged_views) as engaged_views,
    coalesce(own.video_3s_viewers, earlier.video_3s_viewers) as video_3s_viewers,
    coalesce(own.video_1m_viewers, earlier.video_1m_viewers) as video_1m_viewers,
    coalesce(own.watch_seconds, earlier.watch_seconds) as watch_seconds,
    coalesce(own.potential_reach, earlier.potential_reach) as potential_reach,
    coalesce(
        (coalesce(own.network, earlier.network), coalesce(own.account, earlier.account)) in (
            select (ours.network, ours.account)
            from ours
        ),
        false
    ) as ours,
    case
        when own.upload_id is null then earlier.sample
        else (
            select sample
            from upload
            where upload.upload_id = $upload
        )
    end as sample
from own
full join post as earlier on own.network = earlier.network and own.post_id = earlier.post_key
where $others or own.upload_id is not null
