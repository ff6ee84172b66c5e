-- What was answered for files of a format and network before, made-up sample files aside: each question's latest answer, and how many
-- different ones there were.
-- Grain: one row a question.
with told as (
    select
        upload_in_force.brought_at,
        unnest(['account', 'network', 'date_order']) as question,
        unnest([
            json_extract_string(answers, '$.account'),
            json_extract_string(answers, '$.network'),
            json_extract_string(answers, '$.date_order')
        ]) as answer
    from upload_in_force
    where not sample and format = $format and (cast($network as varchar) is null or network = $network)
)

select
    question,
    arg_max(answer, brought_at) as answer,
    count(distinct answer) as answers
from told
where answer is not null
group by question
order by question
