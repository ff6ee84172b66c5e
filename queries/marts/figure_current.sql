-- Figures in force. Of what one source states of one fact, the statement that stood last is shown: by the day it stood, where
-- it says so, else by its upload; two statements inside one upload both stand. Grain: one row a figure.
with stated as (
    select
        figure.*,
        upload_in_force.sample,
        upload_in_force.file_name,
        dense_rank() over (
            partition by
                figure.measure, figure.area, figure.operation, figure.campaign, figure.network, figure.paid,
                figure.start_date, figure.end_date, figure.date_note, figure.source
            order by coalesce(figure.as_of, cast(upload_in_force.as_of as date)) desc, upload_in_force.seq desc
        ) as place
    from figure
    inner join upload_in_force using (upload_id)
)

select
    * exclude (place),
    upload_id || '-' || record_no || '-' || measure as figure_id
from stated
where place = 1
