-- What one source stated of the fact of one figure, in every file in force, the latest first: the first is shown, the others it superseded.
-- Grain: one row a statement.
with asked as (
    select distinct fact
    from figure_stated
    where figure_id = $figure_id and place = 1
)

select
    figure_stated.value_low,
    figure_stated.value_high,
    figure_stated.qualifier,
    figure_stated.published_wording,
    figure_stated.status,
    figure_stated.as_of,
    figure_stated.note,
    figure_stated.approved_by,
    cast(figure_stated.upload_id as varchar) as upload_id,
    figure_stated.record_no,
    figure_stated.file_name,
    figure_stated.recorded_at,
    figure_stated.recorded_by
from figure_stated
inner join asked on figure_stated.fact is not distinct from asked.fact
order by figure_stated.place, figure_stated.record_no
