-- Each export's look at what networks report of a post first of all: reach, viewers, views and impressions. Only files with totals since
-- publication are taken. place counts the looks at a post that give the metric from the latest back.
-- Grain: one row a post and metric, as one export in force saw it.
with looked as (
    select
        observation.network,
        observation.post_key,
        observation.as_of,
        observation.seq,
        observation.upload_id,
        observation.record_no,
        lifetime_upload.format,
        lifetime_upload.assumed,
        date_diff('minute', observation.published_at, observation.as_of) / 60.0 as age_hours,
        unnest([
            struct_pack(metric := 'reach', number := observation.reach),
            struct_pack(metric := 'viewers', number := observation.viewers),
            struct_pack(metric := 'views', number := observation.views),
            struct_pack(metric := 'impressions', number := observation.impressions)
        ]) as headline
    from observation
    inner join lifetime_upload on observation.upload_id = lifetime_upload.upload_id
)

select
    * exclude (headline),
    headline['metric'] as metric,
    headline['number'] as value,
    row_number() over (partition by network, post_key, headline['metric'] order by seq desc, record_no desc) as place
from looked
where headline['number'] is not null
