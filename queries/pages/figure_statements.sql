-- What one source stated of the fact of one figure, in every file in force, the latest first: the first is shown, the others it superseded.
-- Grain: one row a statement.
with asked as (
    select *
    from figure_current
    where figure_id = $figure_id
)

select
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
    upload_in_force.recorded_by
from figure
inner join upload_in_force using (upload_id)
inner join asked
    on
        figure.measure = asked.measure
        and figure.area is not distinct from asked.area
        and figure.operation is not distinct from asked.operation
        and figure.campaign is not distinct from asked.campaign
        and figure.network is not distinct from asked.network
        and figure.paid is not distinct from asked.paid
        and figure.start_date is not distinct from asked.start_date
        and figure.end_date is not distinct from asked.end_date
        and figure.date_note is not distinct from asked.date_note
        and figure.source is not distinct from asked.source
order by coalesce(figure.as_of, cast(upload_in_force.as_of as date)) desc, upload_in_force.seq desc, figure.record_no
