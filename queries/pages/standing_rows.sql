-- What is held in the tables beside posts and figures, in words: how many rows of a metric, and the latest day.
-- Grain: one row a name and metric.
with day_standing as (
    select
        day_current.network,
        coalesce(account_current.name, day_current.account) as name,
        day_current.metric,
        count(*) || ' days to ' || strftime(max(day_current.day), '%d/%m/%Y') as standing
    from day_current
    left join account_current using (network, account)
    where list_contains($tables, 'account_day')
    group by day_current.network, coalesce(account_current.name, day_current.account), day_current.metric
),

ad_standing as (
    select
        cast(null as varchar) as network,
        'Advertisements of ' || coalesce(account, 'an account') as name,
        'spend' as metric,
        count(*) || ' results to ' || strftime(max(window_end), '%d/%m/%Y') as standing
    from ad_current
    where list_contains($tables, 'ad_result')
    group by name
),

web_standing as (
    select
        cast(null as varchar) as network,
        'Web site ' || coalesce(property, '') as name,
        'web_views' as metric,
        count(*) || ' pages and periods to ' || coalesce(strftime(max(period_end), '%d/%m/%Y'), 'an unknown day') as standing
    from web_current
    where list_contains($tables, 'web_page')
    group by name
),

crime_standing as (
    select
        cast(null as varchar) as network,
        'data.police.uk: ' || force || ', ' || kind as name,
        'records' as metric,
        count(distinct month) || ' months to ' || strftime(max(month), '%m/%Y') as standing
    from crime_current
    where list_contains($tables, 'crime_month')
    group by name
),

search_standing as (
    select
        cast(null as varchar) as network,
        'data.police.uk: ' || force || ', stop and search' as name,
        'records' as metric,
        count(distinct day) || ' days to ' || strftime(max(day), '%d/%m/%Y') as standing
    from search_current
    where list_contains($tables, 'search_day')
    group by name
)

select * from day_standing
union all
select * from ad_standing
union all
select * from web_standing
union all
select * from crime_standing
union all
select * from search_standing
