-- Networks of which something was imported on each of the last days on which anything of a network was. Grain: one row a network.
with imported as (
    select distinct
        network,
        cast(brought_at as date) as imported_on
    from upload_in_force
    where network is not null and not sample
),

recent as (
    select distinct imported_on
    from imported
    order by imported_on desc
    limit cast($days as bigint)
)

select network
from imported
where imported_on in (select recent.imported_on from recent)
group by network
having count(*) = cast($days as bigint)
order by network
