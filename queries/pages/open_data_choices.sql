-- Of which forces open data of data.police.uk is held, and of which kinds. Grain: one row a force and kind.
select distinct
    force,
    kind
from crime_current
union
select distinct
    force,
    'stop and search' as kind
from search_current
order by force, kind
