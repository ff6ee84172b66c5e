-- The account a name stands for, where a spreadsheet damaged its id. Every name counts that an upload in force or a person has
-- ever given an account: pages are renamed. Grain: one row a name that one account of the network has had.
select
    network,
    'name:' || lower(name) as named,
    any_value(account) as account
from account
where
    not starts_with(account, 'name:')
    and name is not null
    and (upload_id is null or upload_id in (select upload_in_force.upload_id from upload_in_force))
group by network, named
having count(distinct account) = 1
