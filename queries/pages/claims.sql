-- Claims: figures of these measures as they were published, each with the networks that it or its campaign names, and its file.
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
    upload.recorded_by,
    coalesce(figure_current.network, campaign_current.networks) as networks
from figure_current
inner join upload using (upload_id)
left join campaign_current on figure_current.campaign = campaign_current.campaign
where
    list_contains($measures, figure_current.measure)
    and coalesce(figure_current.published_wording, '') <> ''
order by figure_current.area, figure_current.start_date desc nulls last, figure_current.figure_id
