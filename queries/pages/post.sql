-- One post's observations, newest export first, each with its file and record. Grain: one row an observation.
select
    observation.*,
    upload.file_name,
    upload.format,
    upload.recorded_at,
    upload.recorded_by,
    upload.as_of_basis,
    upload.sample,
    coalesce(lifetime_upload.assumed, false) as as_of_assumed,
    -- A total of a period has no age, whatever day it was exported on.
    case when lifetime_upload.upload_id is not null then date_diff('minute', observation.published_at, observation.as_of) / 60.0 end
        as age_hours,
    account_current.name as account_name,
    timezone('Europe/London', timezone('UTC', observation.published_at)) as published_london
from observation
inner join upload using (upload_id)
left join lifetime_upload on observation.upload_id = lifetime_upload.upload_id
left join account_current on observation.network = account_current.network and observation.account = account_current.account
where observation.network || ' ' || observation.post_key = $post_key
order by observation.seq desc
