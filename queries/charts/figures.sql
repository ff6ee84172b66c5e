-- Figures of some measures in one area, as the reader filtered them; those without dates always come along.
-- A figure is recorded where it is kept in a file without the words of a publication. Its subject is what it is a figure of: a campaign's
-- reach, an operation's result, where both are named. Grain: one row a figure.
select
    figure_id,
    start_date,
    end_date,
    date_note,
    area,
    operation,
    campaign,
    network,
    paid,
    measure,
    case
        when starts_with(measure, 'campaign_') then coalesce(campaign, operation) else coalesce(operation, campaign)
    end as subject,
    not sample and coalesce(published_wording, '') = '' as recorded,
    cast(value_low as double) as value_low,
    cast(value_high as double) as value_high,
    unit,
    qualifier,
    published_wording,
    status,
    as_of,
    source,
    cast(upload_id as varchar) as upload_id,
    file_name,
    record_no,
    sample
from figure_current
where
    area = $area
    and list_contains($measures, measure)
    and (cast($campaign as varchar) is null or campaign = $campaign)
    and (cast($operation as varchar) is null or operation = $operation)
    and (cast($network as varchar) is null or contains(lower(network), $network))
    and (cast($date_from as date) is null or coalesce(end_date, start_date, $date_from) >= $date_from)
    and (cast($date_to as date) is null or coalesce(start_date, end_date, $date_to) <= $date_to)
order by start_date nulls last, end_date, measure, figure_id
