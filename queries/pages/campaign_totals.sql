-- What the posts of a campaign add up to, where it adds up, on each network: a tool's view of a network and its video assets are networks
-- of their own, since they can be of the same posts. Of reach and viewers the highest of one post, never a sum. filled_… says how many
-- posts have a value; where none has, there is no total, which is not 0. Grain: one row a network, of real posts and of made-up sample
-- posts.
select
    upload.sample,
    post.network,
    count(*) as posts,
    max(post.reach) as highest_reach,
    max(post.viewers) as highest_viewers,
    cast(sum(post.views) as bigint) as total_views,
    count(post.views) as filled_views,
    cast(sum(post.impressions) as bigint) as total_impressions,
    count(post.impressions) as filled_impressions,
    cast(sum(post.engagements) as bigint) as total_engagements,
    count(post.engagements) as filled_engagements,
    cast(sum(post.link_clicks) as bigint) as total_link_clicks,
    count(post.link_clicks) as filled_link_clicks
from campaign_post
inner join post using (network, post_key)
inner join upload using (upload_id)
where campaign_post.campaign = $campaign
group by upload.sample, post.network
order by upload.sample, post.network
