-- What a draft of a rule tags, asked while it stands under a campaign of its own: posts, those not in the campaign yet, those in
-- another one, those that a person took out of the campaign; and made-up sample posts, which are in no other number. Grain: one row.
with drafted as (
    select
        draft.network,
        draft.post_key,
        draft.sample,
        coalesce(bool_or(other.campaign = $campaign), false) as held,
        coalesce(bool_or(other.campaign not in ($campaign, $draft)), false) as elsewhere,
        coalesce(bool_or(not hand.belongs), false) as taken_out
    from campaign_post as draft
    left join campaign_post as other on draft.network = other.network and draft.post_key = other.post_key
    left join campaign_hand_current as hand
        on draft.network = hand.network and draft.post_key = hand.post_key and hand.campaign = $campaign
    where draft.campaign = $draft
    group by draft.network, draft.post_key, draft.sample
)

select
    count(*) filter (where not sample) as posts,
    count(*) filter (where not sample and not held and not taken_out) as new,
    count(*) filter (where not sample and elsewhere) as elsewhere,
    count(*) filter (where not sample and taken_out) as taken_out,
    count(*) filter (where sample) as sample
from drafted
