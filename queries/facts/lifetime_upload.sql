-- Uploads in force that say what posts had gathered since they were published, and whether when each was exported is assumed and not
-- stated. Files of YouTube and those typed in by hand give totals of a period that somebody chose, which no age is of: they are not here.
-- Grain: one row an upload.
select
    upload_id,
    format,
    seq,
    as_of,
    as_of_basis in ('zip entry', 'file time', 'upload time') as assumed
from upload_in_force
where table_name = 'post_observation' and format not in ('youtube_videos', 'manual')
