-- What was stated of the figures of an operation in one area, in every file in force: place 1 stands, higher places were superseded by it.
-- Grain: one row a statement.
select
    figure.measure,
    figure.area,
    figure.operation,
    figure.campaign,
    figure.network,
    figure.paid,
    figure.start_date,
    figure.end_date,
    figure.date_note,
    figure.source,
    figure.value_low,
    figure.value_high,
    figure.qualifier,
    figure.published_wording,
    figure.status,
    figure.as_of,
    figure.note,
    figure.approved_by,
    cast(figure.upload_id as varchar) as upload_id,
    figure.record_no,
    upload_in_force.file_name,
    upload_in_force.recorded_at,
    upload_in_force.recorded_by,
    dense_rank() over (
        partition by
            figure.measure, figure.area, figure.operation, figure.campaign, figure.network, figure.paid,
            figure.start_date, figure.end_date, figure.date_note, figure.source
        order by coalesce(figure.as_of, cast(upload_in_force.as_of as date)) desc, upload_in_force.seq desc
    ) as place
from figure
inner join upload_in_force using (upload_id)
where figure.operation = $operation and figure.area = $area
order by figure.measure, figure.campaign, figure.start_date nulls first, figure.date_note, figure.source, place, figure.record_no
