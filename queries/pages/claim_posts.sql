-- The posts of a claim on some networks, each with its latest reach and viewers, the day of the export that gave them, and where they come
-- from: those tagged to its campaign, up to its last day, or, where none is tagged, ours that were published between its two London
-- days and are tagged to no other campaign. Where it is known on which day the figure stood, also what exports up to then had seen.
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

then_seen as (
    select
        observation.network,
        observation.post_key,
        arg_max(observation.reach, observation.seq) as reach,
        arg_max(observation.viewers, observation.seq) as viewers
    from observation
    semi join chosen using (network, post_key)
    where observation.as_of < timezone('UTC', timezone('Europe/London', cast(cast($stood as date) + 1 as timestamp)))
    group by observation.network, observation.post_key
)

select
    chosen.network,
    chosen.post_key,
    chosen.tagged,
    chosen.reach,
    chosen.viewers,
    chosen.reach_organic,
    then_seen.reach as reach_then,
    then_seen.viewers as viewers_then,
    cast(timezone('Europe/London', timezone('UTC', chosen.as_of)) as date) as seen_on,
    timezone('Europe/London', timezone('UTC', chosen.published_at)) as published_london,
    left(observation.text, 200) as text,
    cast(chosen.upload_id as varchar) as upload_id,
    chosen.record_no,
    upload.file_name
from chosen
inner join upload using (upload_id)
inner join post_observation as observation using (upload_id, record_no)
left join then_seen on chosen.network = then_seen.network and chosen.post_key = then_seen.post_key
where
    upload.sample = cast($sample as boolean)
    and list_contains($networks, chosen.network)
order by greatest(coalesce(chosen.reach, 0), coalesce(chosen.viewers, 0)) desc, chosen.network, chosen.post_key
