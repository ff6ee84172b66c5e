-- Every figure shown, by area and date. Grain: one row a figure.
select
    figure_id,
    upload_id,
    record_no,
    file_name,
    sample,
    start_date,
    end_date,
    date_note,
    area,
    operation,
    campaign,
    network,
    paid,
    measure,
    cast(value_low as double) as value_low,
    cast(value_high as double) as value_high,
    unit,
    qualifier,
    published_wording,
    status,
    as_of,
    source,
    note,
    approved_by
from figure_current
where
    (cast($upload_id as varchar) is null or cast(upload_id as varchar) = $upload_id)
    and (cast($area as varchar) is null or area = $area)
    and (cast($campaign as varchar) is null or campaign = $campaign)
order by area, start_date nulls last, measure, figure_id
