-- What is held of each of our accounts between two days, by month: how many days of the month lie inside a file in force, and between
-- which days of those that have passed by $today something is missing. A post file and a file of days cover apart. A file covers the days
-- from its first row to its last. Grain: one row an account, table and month.
with ours as (
    select *
    from account_period
    where
        ours
        and sample = coalesce(cast($sample as boolean), false)
        and table_name in ('post_observation', 'account_day', 'ad_result')
),

asked as (
    select
        network,
        account,
        table_name,
        any_value(account_name) as account_name,
        unnest(generate_series(cast($date_from as date), cast($date_to as date), interval 1 day)) as day
    from ours
    group by network, account, table_name
),

covered as (
    select distinct
        network,
        account,
        table_name,
        unnest(
            generate_series(greatest(period_start, cast($date_from as date)), least(period_end, cast($date_to as date)), interval 1 day)
        ) as day
    from ours
),

looked as (
    select
        asked.*,
        cast(date_trunc('month', asked.day) as date) as month,
        covered.day is not null as held,
        asked.day < coalesce(cast($today as date), current_date) as passed
    from asked
    left join covered
        on
            asked.network = covered.network
            and asked.account = covered.account
            and asked.table_name = covered.table_name
            and asked.day = covered.day
)

select
    network,
    account,
    account_name,
    table_name,
    month,
    count(*) as days,
    count(*) filter (where held) as days_held,
    count(*) filter (where passed) as days_passed,
    cast(min(day) filter (where passed and not held) as date) as first_missing,
    cast(max(day) filter (where passed and not held) as date) as last_missing
from looked
group by network, account, account_name, table_name, month
order by network, account_name, account, table_name desc, month
