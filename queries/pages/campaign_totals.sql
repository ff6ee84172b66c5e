-- What the posts of a campaign add up to, where it adds up, on each network: a tool's view of a network and its video assets are networks
-- of their own, since they can be of the same posts. Of reach and viewers the highest of one post, never a sum. filled_… says how many
-- posts have a value; where none has, there is no total, which is not 0. Grain: one row a network, of real posts and of made-up sample
-- posts.
select
    sample,
    network,
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
from campaign_post
where campaign = $campaign
group by sample, network
order by sample, network
