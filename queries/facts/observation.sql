-- Observations in force, each with the key of its post. Damaged ones that could be of several posts are left out.
-- Grain: one row a post, as one export in force saw it.
select
    observation.* exclude (account, post_id),
    upload_in_force.seq,
    upload_in_force.as_of,
    coalesce(account_of_name.account, observation.account) as account,
    observation.post_id as post_key
from post_observation as observation
inner join upload_in_force using (upload_id)
left join account_of_name on observation.network = account_of_name.network and observation.account = account_of_name.named
where observation.post_id is not null
union all by name
select * exclude (sound_posts)
from damaged_observation
where sound_posts < 2
