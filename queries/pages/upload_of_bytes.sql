-- The upload in force of a file's bytes, and of one table of them where the file holds several, if there is one.
-- Grain: one row an upload.
select
    upload_id,
    recorded_at,
    recorded_by
from upload_in_force
where sha256 = $sha256 and part is not distinct from cast($part as varchar)
order by recorded_at
limit 1
