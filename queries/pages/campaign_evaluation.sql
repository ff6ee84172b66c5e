-- What is written of a campaign for its evaluation, as it stands, each statement with who wrote it so and when: later versions of the
-- record that left it alone are none of its. Grain: one row a statement.
with version as (
    select
        recorded_at,
        recorded_by,
        unnest([
            struct_pack(statement := 'baseline', words := baseline),
            struct_pack(statement := 'impact', words := impact),
            struct_pack(statement := 'also_changed', words := also_changed),
            struct_pack(statement := 'learning', words := learning)
        ]) as said
    from campaign
    where campaign = $campaign
),

followed as (
    select
        said['statement'] as statement,
        said['words'] as words,
        recorded_at,
        recorded_by,
        lag(said['words']) over (partition by said['statement'] order by recorded_at) as words_before
    from version
),

written as (
    select
        *,
        row_number() over (partition by statement order by recorded_at desc) as place
    from followed
    where words is distinct from words_before
)

select
    statement,
    words,
    recorded_at,
    recorded_by
from written
where place = 1 and words is not null
order by statement
