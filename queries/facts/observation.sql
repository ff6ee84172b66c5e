-- Observations in force, each with the key of its post. Damaged ones that could be of several posts are left out.
-- full_seconds are YouTube's views times the length of the video, where its watch time is of just these views: where all of them are
-- engaged views, and where no engaged views are given, for a video longer than any Short or an export from before 31 March 2025, when
-- every start of a Short began to count. The watch time of other Shorts is of starts that are no engaged views too, so it fits neither.
-- Grain: one row a post, as one export in force saw it.
select
    observation.* exclude (account, post_id),
    upload_in_force.seq,
    upload_in_force.as_of,
    coalesce(account_of_name.account, observation.account) as account,
    observation.post_id as post_key,
    case
        when observation.network <> 'youtube' or observation.video_seconds <= 0 then null
        when observation.engaged_views = observation.views then observation.views * observation.video_seconds
        when
            observation.engaged_views is null
            and (observation.video_seconds > 180 or upload_in_force.as_of < timestamp '2025-03-31')
            then observation.views * observation.video_seconds
    end as full_seconds
from post_observation as observation
inner join upload_in_force using (upload_id)
left join account_of_name on observation.network = account_of_name.network and observation.account = account_of_name.named
where observation.post_id is not null
union all by name
select * exclude (sound_posts)
from damaged_observation
where sound_posts < 2
