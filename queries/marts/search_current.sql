-- Stop and searches in force. data.police.uk publishes whole months anew, so a later file with searches of a force in a month takes
-- the place of an earlier one entirely. Months are of universal time and days London's, so that in summer the last hour of a month's file
-- falls on the first of the next: such a day beside its own month in a file is of that month, and takes the place of no other.
-- Grain: one row a force, day, object and outcome.
with told as (
    select
        upload_id,
        force,
        date_trunc('month', day) as month,
        min(day) as first_day,
        max(day) as last_day
    from search_day
    group by upload_id, force, month
),

listed as (
    select
        *,
        case
            when
                first_day = last_day
                and first_day = month
                and lag(month) over (partition by upload_id, force order by month) = month - interval 1 month
                then month - interval 1 month
            else month
        end as listed_in
    from told
),

stated as (
    select
        search_day.*,
        upload_in_force.sample,
        upload_in_force.as_of,
        upload_in_force.seq,
        dense_rank() over (partition by search_day.force, listed.listed_in order by upload_in_force.seq desc) as place
    from search_day
    inner join upload_in_force using (upload_id)
    inner join listed
        on
            search_day.upload_id = listed.upload_id
            and search_day.force = listed.force
            and date_trunc('month', search_day.day) = listed.month
)

-- Two files may each have some of the searches of one day; what it comes from is said of the later one.
select
    arg_max(upload_id, seq) as upload_id,
    arg_max(record_no, seq) as record_no,
    force,
    day,
    object,
    outcome,
    cast(sum(records) as bigint) as records,
    sample,
    max(as_of) as as_of
from stated
where place = 1
group by force, day, object, outcome, sample
