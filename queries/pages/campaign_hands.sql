-- What people decided by hand of the posts of a campaign, the latest first. Grain: one row a post.
select
    hand.network,
    hand.post_key,
    hand.belongs,
    hand.recorded_at,
    hand.recorded_by,
    left(observation.text, 200) as text
from campaign_hand_current as hand
left join post on hand.network = post.network and hand.post_key = post.post_key
left join post_observation as observation on post.upload_id = observation.upload_id and post.record_no = observation.record_no
where hand.campaign = $campaign
order by hand.recorded_at desc, hand.network, hand.post_key
