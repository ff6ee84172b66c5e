-- The years from the first day that files in force of our accounts cover to $today's, newest first. Grain: one row a year.
with covered as (
    select min(year(period_start)) as first_year
    from account_period
    where
        ours
        and sample = coalesce(cast($sample as boolean), false)
        and table_name in ('post_observation', 'account_day', 'ad_result')
),

stated as (
    select unnest(range(first_year, year(coalesce(cast($today as date), current_date)) + 1)) as year_no
    from covered
)

select year_no
from stated
order by year_no desc
