-- The London days that files in force are of, for each account that a file names: from the first day in the file to the last. A name that
-- stands for a known account is that account. Grain: one row an upload and account of it.
select distinct
    upload_in_force.upload_id,
    upload_in_force.table_name,
    upload_in_force.sample,
    account.network,
    coalesce(account_of_name.account, account.account) as account,
    coalesce(account_current.ours, false) as ours,
    coalesce(account_current.name, account_current.handle, account.account) as account_name,
    upload_in_force.period_start,
    upload_in_force.period_end
from upload_in_force
inner join account on upload_in_force.upload_id = account.upload_id
left join account_of_name on account.network = account_of_name.network and account.account = account_of_name.named
left join account_current
    on
        account.network = account_current.network
        and coalesce(account_of_name.account, account.account) = account_current.account
where
    upload_in_force.period_start is not null
    and upload_in_force.period_end is not null
