-- One post's headline numbers as each export gave them, oldest export first. Grain: one row an export and metric.
select
    headline_look.metric,
    headline_look.value,
    headline_look.as_of,
    headline_look.age_hours,
    headline_look.assumed,
    headline_look.format,
    cast(headline_look.upload_id as varchar) as upload_id,
    upload.file_name,
    headline_look.record_no
from headline_look
inner join upload on headline_look.upload_id = upload.upload_id
where headline_look.network || ' ' || headline_look.post_key = $post_key
order by headline_look.place desc, headline_look.metric
