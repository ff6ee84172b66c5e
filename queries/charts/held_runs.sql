-- The runs of days that files in force cover without a gap, of each account of ours and kind of file: a file covers the days from its first
-- row to its last. With $recorded_before, an instant in UTC, as it stood then: files brought in and undone by then.
-- Grain: one row a run of days of an account and table.
with changed as (
    select
        upload_id,
        arg_max(undone, recorded_at) as undone
    from retraction
    where cast($recorded_before as timestamp) is null or recorded_at < $recorded_before
    group by upload_id
),

covered as (
    select
        account.network,
        coalesce(account_of_name.account, account.account) as account,
        coalesce(account_current.name, account_current.handle, account.account) as account_name,
        upload_state.table_name,
        upload_state.period_start,
        upload_state.period_end
    from upload_state
    inner join account on upload_state.upload_id = account.upload_id
    left join changed on upload_state.upload_id = changed.upload_id
    left join account_of_name on account.network = account_of_name.network and account.account = account_of_name.named
    inner join account_current
        on
            account.network = account_current.network
            and coalesce(account_of_name.account, account.account) = account_current.account
            and account_current.ours
    where
        upload_state.sample = coalesce(cast($sample as boolean), false)
        and upload_state.period_start is not null
        and upload_state.period_end is not null
        and not coalesce(changed.undone, false)
        and (cast($recorded_before as timestamp) is null or upload_state.recorded_at < $recorded_before)
),

begun as (
    select
        *,
        coalesce(
            period_start > 1 + max(period_end) over (
                partition by network, account, table_name
                order by period_start, period_end
                rows between unbounded preceding and 1 preceding
            ),
            true
        ) as begins
    from covered
),

numbered as (
    select
        *,
        count(*) filter (where begins) over (
            partition by network, account, table_name
            order by period_start, period_end
            rows unbounded preceding
        ) as run
    from begun
)

select
    network,
    account,
    any_value(account_name) as account_name,
    table_name,
    min(period_start) as first_day,
    max(period_end) as last_day
from numbered
group by network, account, table_name, run
order by network, account, table_name, first_day
