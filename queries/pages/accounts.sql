-- Accounts of which posts are held, our own first. Grain: one row an account of a network.
select
    account_current.network,
    account_current.account,
    coalesce(account_current.name, account_current.handle, account_current.account) as name,
    account_current.ours
from account_current
where (account_current.network, account_current.account) in (
    select (named.network, coalesce(account_of_name.account, named.account))
    from account as named
    inner join upload_in_force using (upload_id)
    left join account_of_name on named.network = account_of_name.network and named.account = account_of_name.named
    where upload_in_force.table_name = 'post_observation' and coalesce(named.posts, 1) > 0
)
order by account_current.ours desc, account_current.network, name
