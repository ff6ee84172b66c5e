-- What changed since an instant in UTC in the figures shown: of each fact what was shown then and what is shown now, where the two differ.
-- Only facts are looked at of which a file came, was undone or done again since. Grain: one row a fact as one source states it.
with moved as (
    select upload_id
    from upload
    where recorded_at >= cast($since as timestamp)
    union
    select upload_id
    from retraction
    where recorded_at >= cast($since as timestamp)
),

undone_then as (
    select
        upload_id,
        arg_max(undone, recorded_at) as undone
    from retraction
    where recorded_at < cast($since as timestamp)
    group by upload_id
),

file as (
    select
        upload_state.upload_id,
        upload_state.file_name,
        upload_state.sample,
        upload_state.as_of,
        coalesce(upload_state.first_recorded_at, upload_state.recorded_at) as brought_at,
        not upload_state.undone as in_force,
        upload_state.recorded_at < cast($since as timestamp) and not coalesce(undone_then.undone, false) as in_force_then
    from upload_state
    left join undone_then on upload_state.upload_id = undone_then.upload_id
    where upload_state.table_name = 'figure'
),

-- A hash of 64 bits stands for a fact: what is not given is in it as what is not given.
hashed as (
    select
        *,
        hash(measure, area, operation, campaign, network, paid, start_date, end_date, date_note, source) as fact
    from figure
),

looked_into as (
    select distinct hashed.fact
    from hashed
    semi join moved using (upload_id)
),

stated as (
    select
        hashed.*,
        file.* exclude (upload_id, as_of),
        coalesce(hashed.as_of, cast(file.as_of as date)) as stood,
        file.as_of as seen
    from hashed
    inner join file on hashed.upload_id = file.upload_id
    where hashed.fact in (select looked_into.fact from looked_into)
),

placed as (
    select
        *,
        dense_rank() over (partition by fact, in_force order by stood desc, seen desc, brought_at desc, upload_id desc) as place_now,
        dense_rank() over (partition by fact, in_force_then order by stood desc, seen desc, brought_at desc, upload_id desc) as place_then
    from stated
),

said as (
    select
        *,
        in_force and place_now = 1 as shown_now,
        in_force_then and place_then = 1 as shown_then,
        struct_pack(
            low := cast(value_low as double),
            high := cast(value_high as double),
            qualifier := qualifier,
            status := status
        ) as statement
    from placed
),

told as (
    select
        fact,
        any_value(measure) as measure,
        any_value(area) as area,
        any_value(
            case when starts_with(measure, 'campaign_reach') then coalesce(campaign, operation) else coalesce(operation, campaign) end
        ) as name,
        any_value(start_date) as start_date,
        any_value(end_date) as end_date,
        any_value(date_note) as date_note,
        bool_or(sample) as sample,
        list_sort(list(statement) filter (where shown_then)) as shown_before,
        list_sort(list(statement) filter (where shown_now)) as shown_after,
        min(struct_pack(upload_id := upload_id, record_no := record_no)) filter (where shown_now) as record_now,
        cast(min(upload_id) filter (where shown_then) as varchar) as upload_before
    from said
    group by fact
)

select
    * exclude (fact, record_now),
    cast(record_now['upload_id'] as varchar) as upload_id,
    record_now['record_no'] as record_no,
    record_now['upload_id'] || '-' || record_now['record_no'] || '-' || measure as figure_id,
    count(*) over (partition by 1) as facts
from told
where shown_before is distinct from shown_after
order by sample, start_date desc nulls last, area, measure, fact
limit cast($most_rows as bigint)
