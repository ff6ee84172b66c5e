-- Every figure shown, with what a publication says of it and when it came in. Grain: one row a figure.
select
    figure_current.figure_id,
    cast(figure_current.upload_id as varchar) as upload_id,
    figure_current.record_no,
    figure_current.sample,
    figure_current.start_date,
    figure_current.end_date,
    figure_current.date_note,
    figure_current.area,
    figure_current.operation,
    figure_current.campaign,
    figure_current.network,
    figure_current.paid,
    figure_current.measure,
    cast(figure_current.value_low as double) as value_low,
    cast(figure_current.value_high as double) as value_high,
    figure_current.unit,
    figure_current.qualifier,
    figure_current.published_wording,
    figure_current.status,
    figure_current.as_of,
    figure_current.source,
    figure_current.note,
    figure_current.approved_by,
    cast(upload_in_force.brought_at as date) as brought_on
from figure_current
inner join upload_in_force using (upload_id)
order by figure_current.area, figure_current.start_date nulls last, figure_current.measure, figure_current.figure_id
