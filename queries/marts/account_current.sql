-- Accounts in force. An account is ours if a person said so last. Where nobody said so, a file's most frequent account is taken to
-- be ours, unless the file has one that a person called ours. Grain: one row an account of a network.
with statement as (
    select account.*
    from account
    left join upload_in_force using (upload_id)
    where account.upload_id is null or upload_in_force.upload_id is not null
),

stated as (
    select
        network,
        account,
        arg_max(handle, recorded_at) as handle,
        arg_max(name, recorded_at) as name,
        arg_max(ours, recorded_at) as ours
    from statement
    group by network, account
),

-- Ties go by name, so that the answer never depends on the order of rows.
frequent as (
    select
        statement.network,
        statement.account,
        statement.posts,
        row_number() over (partition by statement.upload_id, statement.network order by statement.posts desc, statement.account) as place,
        count(statement.ours) over (partition by statement.upload_id, statement.network) as answered,
        count(*) filter (where stated.ours) over (partition by statement.upload_id, statement.network) as known
    from statement
    inner join stated on statement.network = stated.network and statement.account = stated.account
    where statement.upload_id is not null
),

assumed as (
    select distinct
        network,
        account
    from frequent
    where
        place = 1
        and answered = 0
        and known = 0
)

select
    stated.network,
    stated.account,
    stated.handle,
    stated.name,
    coalesce(stated.ours, assumed.account is not null) as ours
from stated
left join assumed on stated.network = assumed.network and stated.account = assumed.account
