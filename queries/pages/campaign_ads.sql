-- The platform's own counts of the advertisements that belong to a campaign, at whatever level they were exported, broken down by nothing.
-- Windows may overlap and an account may be in several, so reach is never added over them.
-- Grain: one row an advertising campaign, ad set or advertisement and window.
select
    ad_current.network,
    ad_current.account,
    coalesce(account_current.name, ad_current.account) as account_name,
    ad_current.level,
    ad_current.campaign as ad_campaign,
    ad_current.ad_set,
    ad_current.ad,
    ad_current.window_start,
    ad_current.window_end,
    ad_current.reach,
    ad_current.viewers,
    ad_current.impressions,
    ad_current.views,
    ad_current.link_clicks,
    ad_current.spend,
    ad_current.currency,
    cast(ad_current.upload_id as varchar) as upload_id,
    ad_current.record_no,
    upload.file_name
from campaign_ad
inner join ad_current using (upload_id, record_no)
inner join upload using (upload_id)
left join account_current on ad_current.network = account_current.network and ad_current.account = account_current.account
where
    campaign_ad.campaign = $campaign
    and upload.sample = cast($sample as boolean)
    and ad_current.breakdown is null
order by ad_current.window_start, ad_current.network, ad_current.campaign, ad_current.ad_set, ad_current.ad, ad_current.record_no
