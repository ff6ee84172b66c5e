-- Advertising campaigns as the platform itself sums them up, each account counted once in each row: what is broken down by nothing and is
-- of no ad set or advertisement alone. Windows overlap, so rows are never added. tagged says that a rule of a campaign names it.
-- Grain: one row an advertising campaign and window.
select
    ad_current.network,
    ad_current.campaign,
    ad_current.window_start,
    ad_current.window_end,
    ad_current.currency,
    ad_current.reach,
    ad_current.viewers,
    ad_current.views,
    ad_current.impressions,
    ad_current.engagements,
    ad_current.link_clicks,
    ad_current.spend,
    campaign_ad.rule_id is not null as tagged,
    cast(ad_current.upload_id as varchar) as upload_id,
    ad_current.record_no,
    upload.file_name,
    upload.format
from ad_current
inner join upload using (upload_id)
left join campaign_ad
    on
        ad_current.upload_id = campaign_ad.upload_id
        and ad_current.record_no = campaign_ad.record_no
        and campaign_ad.campaign = cast($campaign as varchar)
where
    upload.sample = coalesce(cast($sample as boolean), false)
    and ad_current.level in ('campaign', 'total')
    and ad_current.breakdown is null
    and ad_current.campaign is not null
    and ad_current.ad_set is null
    and ad_current.ad is null
order by ad_current.window_end desc, ad_current.window_start, ad_current.campaign, ad_current.record_no
