-- What the ratios of posts are worked out from: of each post of our own accounts in a campaign, the two numbers of each ratio as one export
-- gave both of them; of several exports the latest that does, and upload_id is that one. Where none gives both, there is no pair, and
-- has_numerator and has_denominator say whether any gave the one or the other. With $upload, those showing its look.
-- Nearly always the latest export gives all that was ever given of a post: only the others of its looks are gone through where it does not,
-- and where it may not, since what is shown of a post has no full_seconds. Grain: one row a post and ratio.
with tagged as (
    select distinct
        network,
        post_key,
        upload_id,
        record_no,
        observations,
        engagements,
        views,
        impressions,
        link_clicks,
        video_95_views,
        video_3s_views,
        watch_seconds,
        video_30s_views,
        video_1m_views
    from campaign_post
    where ours and ($upload is null or upload_id = $upload)
),

latest as (
    select
        tagged.network,
        tagged.post_key,
        tagged.upload_id,
        observation.full_seconds,
        observation.engagements,
        observation.views,
        observation.impressions,
        observation.link_clicks,
        observation.video_95_views,
        observation.video_3s_views,
        observation.watch_seconds,
        observation.video_30s_views,
        observation.video_1m_views,
        (
            tagged.engagements is null,
            tagged.views is null,
            tagged.impressions is null,
            tagged.link_clicks is null,
            tagged.video_95_views is null,
            tagged.video_3s_views is null,
            tagged.watch_seconds is null,
            tagged.video_30s_views is null,
            tagged.video_1m_views is null
        ) = (
            observation.engagements is null,
            observation.views is null,
            observation.impressions is null,
            observation.link_clicks is null,
            observation.video_95_views is null,
            observation.video_3s_views is null,
            observation.watch_seconds is null,
            observation.video_30s_views is null,
            observation.video_1m_views is null
        )
        and (tagged.observations = 1 or observation.full_seconds is not null or tagged.network <> 'youtube') as whole
    from tagged
    inner join observation on tagged.upload_id = observation.upload_id and tagged.record_no = observation.record_no
),

parted as (
    select
        network,
        post_key
    from latest
    where not whole
),

look as (
    select
        * exclude (whole),
        0 as look
    from latest
    where whole
    union all by name
    select
        network,
        post_key,
        upload_id,
        full_seconds,
        engagements,
        views,
        impressions,
        link_clicks,
        video_95_views,
        video_3s_views,
        watch_seconds,
        video_30s_views,
        video_1m_views,
        seq * 10000000000 + record_no as look
    from observation
    semi join parted using (network, post_key)
),

asked as (
    select
        network,
        post_key,
        upload_id,
        look,
        unnest([
            'engagements_per_view',
            'engagements_per_impression',
            'clicks_per_view',
            'clicks_per_impression',
            'ended_plays_per_view',
            'ended_plays_per_play',
            'watched_of_full',
            'half_minute_plays_per_view',
            'minute_plays_per_play'
        ]) as ratio,
        unnest([
            struct_pack(above := engagements, below := views),
            struct_pack(above := engagements, below := impressions),
            struct_pack(above := link_clicks, below := views),
            struct_pack(above := link_clicks, below := impressions),
            struct_pack(above := video_95_views, below := views),
            struct_pack(above := video_95_views, below := video_3s_views),
            struct_pack(above := watch_seconds, below := full_seconds),
            struct_pack(above := video_30s_views, below := views),
            struct_pack(above := video_1m_views, below := video_3s_views)
        ]) as pair
    from look
)

select
    network,
    post_key,
    ratio,
    bool_or(pair['above'] is not null) as has_numerator,
    bool_or(pair['below'] is not null) as has_denominator,
    arg_max(pair, look) filter (where pair['above'] is not null and pair['below'] is not null) as pair,
    arg_max(upload_id, look) filter (where pair['above'] is not null and pair['below'] is not null) as upload_id
from asked
group by network, post_key, ratio
