-- What the ratios of each campaign's posts are worked out from, retired campaigns left out: of each network, boosted and organic posts
-- apart, the sums of two numbers over the posts of our own accounts of which one export gives both; of several exports the latest that
-- does. A post that lacks one of the two is in neither sum, and where no post has both there is no sum, which is not 0.
-- Boosted is a post of which exports gave boosted reach or views above 0, organic one of which they gave 0; else it is not stated.
-- first_day and last_day are the London days between which the posts used were published, formats the kinds of export used.
-- Grain: one row a campaign, real or made-up posts, network, way of payment and ratio.
with tagged as (
    select
        campaign,
        sample,
        network,
        post_key,
        cast(timezone('Europe/London', timezone('UTC', published_at)) as date) as published_on,
        case
            when greatest(reach_boosted, views_boosted) is null then 'not stated'
            when greatest(reach_boosted, views_boosted) > 0 then 'boosted'
            else 'organic'
        end as paid
    from campaign_post
    where ours
)

select
    tagged.campaign,
    tagged.sample,
    tagged.network,
    tagged.paid,
    ratio_pair.ratio,
    count(*) as posts,
    count(ratio_pair.pair) as posts_used,
    count(*) filter (where ratio_pair.has_numerator) as posts_with_numerator,
    count(*) filter (where ratio_pair.has_denominator) as posts_with_denominator,
    sum(ratio_pair.pair['above']) as numerator,
    sum(ratio_pair.pair['below']) as denominator,
    min(tagged.published_on) filter (where ratio_pair.pair is not null) as first_day,
    max(tagged.published_on) filter (where ratio_pair.pair is not null) as last_day,
    string_agg(distinct upload.format, ', ' order by upload.format) as formats
from tagged
inner join ratio_pair using (network, post_key)
left join upload on ratio_pair.upload_id = upload.upload_id
group by tagged.campaign, tagged.sample, tagged.network, tagged.paid, ratio_pair.ratio
