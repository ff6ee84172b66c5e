-- Figures of some measures of an operation of an area: real ones, or with $sample made-up ones. Grain: one row a figure.
select
    figure_id,
    cast(upload_id as varchar) as upload_id,
    record_no,
    measure,
    operation,
    area,
    start_date,
    end_date,
    date_note,
    cast(value_low as double) as value_low,
    cast(value_high as double) as value_high,
    unit,
    qualifier,
    published_wording,
    sample
from figure_current
where
    list_contains($measures, measure)
    and operation = $operation
    and area = $area
    and sample = coalesce(cast($sample as boolean), false)
order by start_date nulls last, measure, figure_id
