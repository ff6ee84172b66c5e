-- What is held by day: which metrics of which accounts. Grain: one row an account and metric.
select
    day_current.network,
    day_current.account,
    coalesce(any_value(account_current.name), any_value(account_current.handle), day_current.account) as account_name,
    day_current.metric
from day_current
left join account_current using (network, account)
group by day_current.network, day_current.account, day_current.metric
order by day_current.network, account_name, day_current.metric
