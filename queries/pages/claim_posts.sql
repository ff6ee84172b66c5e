-- The posts of a claim on some networks, each with its latest reach and viewers, the day of the export that gave them, and where they come
-- from: those tagged to its campaign, up to its last day, or, where none is tagged, ours that were published between its two London
-- days and are tagged to no other campaign. Where it is known on which day the figure stood, also what exports up to then had seen (_then).
-- Views and impressions are those over the life of a post, with the day of the latest export that gives them (_on).
-- The days are turned into instants, and not the instants of every post into days: that takes a hundred times as long.
-- Grain: one row a post.
with tagged as (
    select
        network,
        post_key
    from campaign_post
    where campaign = cast($campaign as varchar)
),

chosen as (
    select
        post.*,
        true as tagged
    from post
    semi join tagged using (network, post_key)
    where post.published_at < timezone('UTC', timezone('Europe/London', cast(cast($date_to as date) + 1 as timestamp)))
    union all
    select
        post.*,
        false as tagged
    from post
    anti join campaign_post using (network, post_key)
    where
        post.ours
        and post.published_at >= timezone('UTC', timezone('Europe/London', cast(cast($date_from as date) as timestamp)))
        and post.published_at < timezone('UTC', timezone('Europe/London', cast(cast($date_to as date) + 1 as timestamp)))
        and not exists (select 1 from tagged)
),

look as (
    select
        observation.network,
        observation.post_key,
        observation.seq,
        observation.as_of,
        observation.reach,
        observation.viewers,
        case when lifetime_upload.upload_id is not null then observation.views end as views,
        case when lifetime_upload.upload_id is not null then observation.views_organic end as views_organic,
        case when lifetime_upload.upload_id is not null then observation.impressions end as impressions,
        coalesce(
            observation.as_of < timezone('UTC', timezone('Europe/London', cast(cast($stood as date) + 1 as timestamp))), false
        ) as in_time
    from observation
    semi join chosen on observation.network = chosen.network and observation.post_key = chosen.post_key
    left join lifetime_upload on observation.upload_id = lifetime_upload.upload_id
),

seen as (
    select
        network,
        post_key,
        arg_max(reach, seq) filter (where in_time) as reach_then,
        arg_max(viewers, seq) filter (where in_time) as viewers_then,
        arg_max(views, seq) filter (where in_time) as views_then,
        arg_max(views_organic, seq) filter (where in_time) as views_organic_then,
        arg_max(impressions, seq) filter (where in_time) as impressions_then,
        arg_max(views, seq) as views,
        arg_max(views_organic, seq) as views_organic,
        arg_max(impressions, seq) as impressions,
        max(as_of) filter (where views is not null) as views_on,
        max(as_of) filter (where views_organic is not null) as views_organic_on,
        max(as_of) filter (where impressions is not null) as impressions_on
    from look
    group by network, post_key
)

select
    chosen.network,
    chosen.post_key,
    chosen.tagged,
    chosen.reach,
    chosen.viewers,
    chosen.reach_organic,
    seen.reach_then,
    seen.viewers_then,
    seen.views,
    seen.views_then,
    cast(timezone('Europe/London', timezone('UTC', seen.views_on)) as date) as views_on,
    seen.views_organic,
    seen.views_organic_then,
    cast(timezone('Europe/London', timezone('UTC', seen.views_organic_on)) as date) as views_organic_on,
    seen.impressions,
    seen.impressions_then,
    cast(timezone('Europe/London', timezone('UTC', seen.impressions_on)) as date) as impressions_on,
    cast(timezone('Europe/London', timezone('UTC', chosen.as_of)) as date) as seen_on,
    timezone('Europe/London', timezone('UTC', chosen.published_at)) as published_london,
    left(observation.text, 200) as text,
    cast(chosen.upload_id as varchar) as upload_id,
    chosen.record_no,
    upload.file_name
from chosen
inner join upload using (upload_id)
inner join post_observation as observation using (upload_id, record_no)
left join seen on chosen.network = seen.network and chosen.post_key = seen.post_key
where
    upload.sample = cast($sample as boolean)
    and list_contains($networks, chosen.network)
order by greatest(coalesce(chosen.reach, 0), coalesce(chosen.viewers, 0)) desc, chosen.network, chosen.post_key
