-- Our own posts at one age of age_window: of each network and metric the median and the range over posts, boosted and organic apart.
-- Boosted is a post of which the file gave boosted reach or views above 0 by then, organic one of which it gave 0; else it is not stated.
-- first_look and last_look say which exports they are of, formats of how many kinds. Grain: one row a network, way of payment and metric.
with aged as (
    select
        post_at_age.network,
        post_at_age.as_of,
        upload.format,
        case
            when greatest(post_at_age.reach_boosted, post_at_age.views_boosted) is null then 'not stated'
            when greatest(post_at_age.reach_boosted, post_at_age.views_boosted) > 0 then 'boosted'
            else 'organic'
        end as paid,
        unnest([
            struct_pack(metric := 'reach', number := post_at_age.reach),
            struct_pack(metric := 'viewers', number := post_at_age.viewers),
            struct_pack(metric := 'views', number := post_at_age.views),
            struct_pack(metric := 'impressions', number := post_at_age.impressions)
        ]) as headline
    from post_at_age
    inner join upload on post_at_age.upload_id = upload.upload_id
    inner join post on post_at_age.network = post.network and post_at_age.post_key = post.post_key
    where
        post_at_age.age = $age
        and post.ours
        and upload.sample = coalesce(cast($sample as boolean), false)
        and (cast($network as varchar) is null or post_at_age.network = $network)
)

select
    network,
    paid,
    headline['metric'] as metric,
    count(*) as posts,
    median(headline['number']) as median_value,
    min(headline['number']) as lowest,
    max(headline['number']) as highest,
    min(as_of) as first_look,
    max(as_of) as last_look,
    count(distinct format) as formats
from aged
where headline['number'] is not null
group by network, paid, headline['metric']
order by network, paid, headline['metric']
