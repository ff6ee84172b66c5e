-- What the ratios of posts are worked out from: of each post of our own accounts in a campaign, the two numbers of each ratio as one export
-- gave both of them; of several exports the latest that does, and upload_id is that one. Where none gives both, there is no pair, and
-- has_numerator and has_denominator say whether any gave the one or the other. With $upload, those showing its look.
-- Nearly always the latest export gives all that was ever given of a post: only the others of its looks are gone through where it does not.
-- Grain: one row a post and ratio.
with tagged as (
    select distinct
        network,
        post_key,
        upload_id,
        record_no,
        engagements,
        views,
        impressions,
        link_clicks,
        video_1m_views,
        video_3s_views
    from campaign_post
    where ours and ($upload is null or upload_id = $upload)
),

latest as (
    select
        tagged.network,
        tagged.post_key,
        tagged.upload_id,
        observation.engagements,
        observation.views,
        observation.impressions,
        observation.link_clicks,
        observation.video_1m_views,
        observation.video_3s_views,
        (
            tagged.engagements is null,
            tagged.views is null,
            tagged.impressions is null,
            tagged.link_clicks is null,
            tagged.video_1m_views is null,
            tagged.video_3s_views is null
        ) = (
            observation.engagements is null,
            observation.views is null,
            observation.impressions is null,
            observation.link_clicks is null,
            observation.video_1m_views is null,
            observation.video_3s_views is null
        ) as whole
    from tagged
    inner join post_observation as observation using (upload_id, record_no)
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
        engagements,
        views,
        impressions,
        link_clicks,
        video_1m_views,
        video_3s_views,
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
            'minute_plays_per_play'
        ]) as ratio,
        unnest([
            struct_pack(above := engagements, below := views),
            struct_pack(above := engagements, below := impressions),
            struct_pack(above := link_clicks, below := views),
            struct_pack(above := link_clicks, below := impressions),
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
