"""Meta Business Suite, Insights > Content > Export data: Instagram stories, from the same screen as posts."""

from . import Field, Format, _meta

FORMAT = Format(
    key="instagram_stories",
    label="Instagram stories (Meta Business Suite)",
    table="post_observation",
    some_posts=True,
    network="instagram",
    numbered_accounts=True,
    getting_it="Meta Business Suite > Insights > Content > choose Stories > Export data.",
    kept_for="Seven days, by Instagram's help pages: export within the week.",
    fields=(
        Field("file_id", "text", _meta.POST_ID, required=True),
        *_meta.ACCOUNT,
        *_meta.POST,
        _meta.LIKES,
        _meta.SHARES,
        Field(
            "profile_visits", "whole", ("Profile visits", "Visitas ao perfil", "Profilbesuche", "Visitas al perfil", "Visites du profil")
        ),
        _meta.FOLLOWS,
        _meta.LINK_CLICKS,
        *_meta.STORIES,
    ),
    any_of=(
        ("account_id", "username"),
        ("reach", "views", "viewers", "impressions"),
        tuple(one.name for one in _meta.STORIES),
    ),
    derive=_meta.OF_INSTAGRAM,
    skip=_meta.SKIP,
    aside=_meta.ASIDE,
)
