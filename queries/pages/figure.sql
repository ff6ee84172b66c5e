-- One figure with the file and record it came from. Grain: one row a figure.
select
    figure_current.*,
    upload.format,
    upload.recorded_at,
    upload.recorded_by,
    upload.sha256
from figure_current
inner join upload using (upload_id)
where figure_current.figure_id = $figure_id
