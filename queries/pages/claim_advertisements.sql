-- Advertisements whose window shares a day with these: what is broken down by nothing, with reach, viewers, views and impressions where
-- the platform gives them. Of an object above the level of an ad set it is the platform's own count, of reach each account once. Whether
-- a rule says that it is of the campaign stands beside it.
-- Grain: one row an object and window.
select
    ad_current.network,
    ad_current.account,
    coalesce(account_current.name, ad_current.account) as account_name,
    ad_current.level,
    ad_current.campaign,
    ad_current.ad_set,
    ad_current.ad,
    ad_current.window_start,
    ad_current.window_end,
    ad_current.reach,
    ad_current.viewers,
    ad_current.views,
    ad_current.impressions,
    tagged.rule_id is not null as tagged,
    cast(ad_current.upload_id as varchar) as upload_id,
    ad_current.record_no,
    upload.file_name
from ad_current
inner join upload using (upload_id)
left join campaign_ad as tagged
    on
        ad_current.upload_id = tagged.upload_id
        and ad_current.record_no = tagged.record_no
        and tagged.campaign = cast($campaign as varchar)
left join account_current on ad_current.network = account_current.network and ad_current.account = account_current.account
where
    upload.sample = cast($sample as boolean)
    and ad_current.breakdown is null
    and ad_current.window_start <= cast($date_to as date)
    and ad_current.window_end >= cast($date_from as date)
order by ad_current.level = 'total' desc, ad_current.level, ad_current.campaign, ad_current.ad_set, ad_current.ad, ad_current.record_no
