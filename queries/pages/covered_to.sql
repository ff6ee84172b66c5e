-- The last day before a given one that an export of a format, network and account covers. Grain: one row, null where there is none.
select max(period_end) as covered_to
from upload_in_force
where
    format = $format
    and network is not distinct from cast($network as varchar)
    and account is not distinct from cast($account as varchar)
    and period_end < cast($first as date)
    and not exists (
        select 1
        from upload_in_force as over_it
        where
            over_it.format = $format
            and over_it.network is not distinct from cast($network as varchar)
            and over_it.account is not distinct from cast($account as varchar)
            and over_it.period_end >= cast($first as date)
            and over_it.period_start <= cast($first as date)
    )
