-- The ledger of publications, the latest first, each with what was said of it last, and whether the import of its figures is in force:
-- the same bytes under another upload are the same import, read again. Grain: one row a publication.
with entered as (
    select *
    from publication
    where content is not null
),

said as (
    select
        number,
        arg_max(state, recorded_at) as state,
        arg_max(superseded_by, recorded_at) as superseded_by,
        max(recorded_at) as said_at,
        arg_max(recorded_by, recorded_at) as said_by,
        arg_max(reason, recorded_at) as reason
    from publication
    group by number
)

select
    entered.number,
    said.state,
    entered.day,
    entered.title,
    entered.content,
    entered.sha256,
    cast(entered.upload_id as varchar) as upload_id,
    said.reason,
    said.superseded_by,
    entered.recorded_at,
    entered.recorded_by,
    said.said_at,
    said.said_by,
    upload.upload_id is not null and upload.sha256 not in (select in_force.sha256 from upload_in_force as in_force) as undone
from entered
inner join said using (number)
left join upload using (upload_id)
where cast($number as integer) is null or entered.number = $number
order by entered.number desc
