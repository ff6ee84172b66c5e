-- The runs of days without a row between the first and the last day shown of one account in one metric: "no row" where a file in force of
-- that metric covers them, from its first day to its last, else "not held". Grain: one row a run of days.
with file_period as (
    select
        upload_in_force.period_start,
        upload_in_force.period_end
    from upload_in_force
    where
        upload_in_force.upload_id in (
            select account_day.upload_id
            from account_day
            where
                account_day.network = $network
                and account_day.account is not distinct from cast($account as varchar)
                and account_day.metric = $metric
        )
),

shown as (
    select day
    from day_current
    where
        network = $network
        and account is not distinct from cast($account as varchar)
        and metric = $metric
        and (cast($date_from as date) is null or day >= $date_from)
        and (cast($date_to as date) is null or day <= $date_to)
),

spanned as (
    select unnest(generate_series(min(day), max(day), interval 1 day)) as day
    from shown
),

lacking as (
    select
        cast(spanned.day as date) as day,
        count(file_period.period_start) > 0 as covered
    from spanned
    left join file_period on spanned.day between file_period.period_start and file_period.period_end
    where spanned.day not in (select shown.day from shown)
    group by spanned.day
),

numbered as (
    select
        day,
        covered,
        -- Days that follow one another keep the same distance to their number.
        day - cast(row_number() over (partition by covered order by day) as integer) as run
    from lacking
)

select
    case when covered then 'no row' else 'not held' end as gap,
    min(day) as first_day,
    max(day) as last_day,
    count(*) as days
from numbered
group by covered, run
order by first_day
