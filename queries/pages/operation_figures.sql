-- Every figure of an operation, of its own area and of others: by its name, or by the very same first and last day under another name.
-- Grain: one row a figure.
select
    figure_current.figure_id,
    figure_current.measure,
    figure_current.area,
    figure_current.operation,
    figure_current.campaign,
    figure_current.network,
    figure_current.paid,
    figure_current.start_date,
    figure_current.end_date,
    figure_current.date_note,
    figure_current.value_low,
    figure_current.value_high,
    figure_current.unit,
    figure_current.qualifier,
    figure_current.published_wording,
    figure_current.status,
    figure_current.as_of,
    figure_current.source,
    figure_current.note,
    figure_current.approved_by,
    figure_current.sample,
    cast(figure_current.upload_id as varchar) as upload_id,
    figure_current.record_no,
    figure_current.file_name,
    upload.recorded_at,
    upload.recorded_by
from figure_current
inner join upload using (upload_id)
where
    figure_current.operation = $operation
    or (figure_current.start_date = cast($first_day as date) and figure_current.end_date = cast($last_day as date))
order by figure_current.area, figure_current.measure, figure_current.start_date nulls first, figure_current.figure_id
