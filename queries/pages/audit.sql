-- Who did what and when, newest first. Grain: one row an act.
select
    timezone('Europe/London', timezone('UTC', recorded_at)) as happened_at,
    recorded_by,
    act,
    subject,
    upload_id
from audit
order by recorded_at desc, act, subject
limit cast($most_rows as bigint)
