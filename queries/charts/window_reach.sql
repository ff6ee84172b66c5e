-- Reach and viewers of advertisements as the platform itself counted them over a window of days, each account once in each row: of all
-- advertisements of an account, broken down by nothing. Windows overlap, so rows are never added.
-- Grain: one row a network, account, window and record.
select
    ad_current.network,
    ad_current.account,
    coalesce(account_current.name, ad_current.account) as account_name,
    ad_current.window_start,
    ad_current.window_end,
    ad_current.reach,
    ad_current.viewers,
    cast(ad_current.upload_id as varchar) as upload_id,
    ad_current.record_no
from ad_current
inner join upload using (upload_id)
left join account_current on ad_current.network = account_current.network and ad_current.account = account_current.account
where
    upload.sample = coalesce(cast($sample as boolean), false)
    and ad_current.level in ('account', 'total')
    and ad_current.breakdown is null
    and coalesce(ad_current.campaign, ad_current.ad_set, ad_current.ad) is null
order by ad_current.window_start, ad_current.window_end, ad_current.network, account_name, ad_current.record_no
