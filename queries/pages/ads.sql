-- Advertisements as their latest exports gave them, newest window first, and how many rows there are in all.
-- Grain: one row an object, breakdown and window.
select
    ad_current.*,
    coalesce(account_current.name, ad_current.account) as account_name,
    upload.file_name,
    count(*) over (partition by 1) as total_rows
from ad_current
inner join upload using (upload_id)
left join account_current on ad_current.network = account_current.network and ad_current.account = account_current.account
order by
    ad_current.window_end desc, ad_current.level = 'total' desc, ad_current.campaign, ad_current.ad_set, ad_current.ad, ad_current.breakdown
limit cast($most_rows as bigint)
