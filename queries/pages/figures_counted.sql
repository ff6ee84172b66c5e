-- Every figure shown, with what tells whether it may count what another counts. Grain: one row a figure.
select
    figure_id,
    cast(upload_id as varchar) as upload_id,
    record_no,
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
    sample
from figure_current
order by coalesce(published_wording, '') = '', area, start_date nulls last, measure, figure_id
