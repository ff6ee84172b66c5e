-- Accounts of which posts are held, our own first. Grain: one row an account of a network.
select
    account_current.network,
    account_current.account,
    coalesce(account_current.name, account_current.handle, account_current.account) as name,
    account_current.ours
from account_current
where (account_current.network, account_current.account) in (select (post.network, post.account) from post)
order by account_current.ours desc, account_current.network, name
