-- What the ratios of each campaign's posts are worked out from, retired campaigns left out: of each network, boosted and organic posts
-- apart, the sums of two numbers over the posts of our own accounts of which one export gives both; of several exports the latest that
-- does. A post that lacks one of the two is in neither sum, and where no post has both there is no sum, which is not 0.
-- Boosted is a post of which exports gave boosted reach or views above 0, organic one of which they gave 0; else it is not stated.
-- first_day and last_day are the London days between which the posts used were published, formats the kinds of export used.
-- Grain: one row a campaign, real or made-up posts, network, way of payment and ratio.
with tagged as (
    select
        campaign_post.campaign,
        campaign_post.sample,
        post.network,
        post.post_key,
        cast(timezone('Europe/London', timezone('UTC', post.published_at)) as date) as published_on,
        case
            when greatest(post.reach_boosted, post.views_boosted) is null then 'not stated'
            when greatest(post.reach_boosted, post.views_boosted) > 0 then 'boosted'
            else 'organic'
        end as paid
    from campaign_post
    inner join post using (network, post_key)
    where campaign_post.ours
),

looked as (
    select
        observation.network,
        observation.post_key,
        observation.upload_id,
        observation.seq * 10000000000 + observation.record_no as look,
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
            struct_pack(above := observation.engagements, below := observation.views),
            struct_pack(above := observation.engagements, below := observation.impressions),
            struct_pack(above := observation.link_clicks, below := observation.views),
            struct_pack(above := observation.link_clicks, below := observation.impressions),
            struct_pack(above := observation.video_95_views, below := observation.views),
            struct_pack(above := observation.video_95_views, below := observation.video_3s_views),
            struct_pack(above := observation.watch_seconds, below := observation.full_seconds),
            struct_pack(above := observation.video_30s_views, below := observation.views),
            struct_pack(above := observation.video_1m_views, below := observation.video_3s_views)
        ]) as pair
    from observation
    semi join tagged on observation.network = tagged.network and observation.post_key = tagged.post_key
),

latest as (
    select
        network,
        post_key,
        ratio,
        bool_or(pair['above'] is not null) as has_numerator,
        bool_or(pair['below'] is not null) as has_denominator,
        arg_max(pair, look) filter (where pair['above'] is not null and pair['below'] is not null) as pair,
        arg_max(upload_id, look) filter (where pair['above'] is not null and pair['below'] is not null) as upload_id
    from looked
    group by network, post_key, ratio
)

select
    tagged.campaign,
    tagged.sample,
    tagged.network,
    tagged.paid,
    latest.ratio,
    count(*) as posts,
    count(latest.pair) as posts_used,
    count(*) filter (where latest.has_numerator) as posts_with_numerator,
    count(*) filter (where latest.has_denominator) as posts_with_denominator,
    sum(latest.pair['above']) as numerator,
    sum(latest.pair['below']) as denominator,
    min(tagged.published_on) filter (where latest.pair is not null) as first_day,
    max(tagged.published_on) filter (where latest.pair is not null) as last_day,
    string_agg(distinct upload.format, ', ' order by upload.format) as formats
from tagged
inner join latest on tagged.network = latest.network and tagged.post_key = latest.post_key
left join upload on latest.upload_id = upload.upload_id
group by tagged.campaign, tagged.sample, tagged.network, tagged.paid, latest.ratio
order by tagged.campaign, tagged.sample, tagged.network, tagged.paid, latest.ratio
