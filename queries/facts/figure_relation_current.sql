-- What was last settled of figures that may count the same twice, where it was not left open again since. Grain: one row a doubt.
with stated as (
    select
        *,
        row_number() over (partition by kind, facts order by recorded_at desc) as place
    from figure_relation
)

select * exclude (place)
from stated
where place = 1 and settled is not null
