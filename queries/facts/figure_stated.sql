-- What every file in force states of figures. fact is what a statement is of, and whose it is; of the statements of one fact place 1
-- stands, the last by the day it stood, where it says so, else by its upload, and higher places were superseded by it. Two statements
-- inside one upload have one place. Grain: one row a statement.
with stated as (
    select
        figure.*,
        upload_in_force.sample,
        upload_in_force.file_name,
        figure.upload_id || '-' || figure.record_no || '-' || figure.measure as figure_id,
        upload_in_force.recorded_at,
        upload_in_force.recorded_by,
        upload_in_force.seq,
        coalesce(figure.as_of, cast(upload_in_force.as_of as date)) as stood,
        struct_pack(
            measure := figure.measure,
            area := figure.area,
            operation := figure.operation,
            campaign := figure.campaign,
            network := figure.network,
            paid := figure.paid,
            start_date := figure.start_date,
            end_date := figure.end_date,
            date_note := figure.date_note,
            source := figure.source
        ) as fact
    from figure
    inner join upload_in_force using (upload_id)
)

select
    * exclude (seq, stood),
    dense_rank() over (partition by fact order by stood desc, seq desc) as place
from stated
