-- What was stated of the figures of an operation in one area, in every file in force: place 1 stands, higher places were superseded by it.
-- Grain: one row a statement.
select
    measure,
    area,
    operation,
    campaign,
    network,
    paid,
    start_date,
    end_date,
    date_note,
    source,
    value_low,
    value_high,
    qualifier,
    published_wording,
    status,
    as_of,
    note,
    approved_by,
    cast(upload_id as varchar) as upload_id,
    record_no,
    file_name,
    recorded_at,
    recorded_by,
    place
from figure_stated
where operation = $operation and area = $area
order by measure, campaign, start_date nulls first, date_note, source, place, record_no
