"""Meta Business Suite, Insights > Content > Export data: Facebook posts, figures for their lifetime."""

from . import Field, Format, _meta, totals

FORMAT = Format(
    key="facebook_posts",
    label="Facebook posts (Meta Business Suite)",
    table="post_observation",
    network="facebook",
    numbered_accounts=True,
    getting_it="Meta Business Suite > Insights > Content > Export data > Facebook posts.",
    fields=(
        Field("file_id", "text", _meta.POST_ID, required=True),
        *_meta.PAGE,
        Field("title", "text", ("Title", "Título", "Titel", "Titre")),
        *_meta.POST,
        _meta.LABELS,
        Field("reach_organic", "whole", ("Reach from Organic posts",)),
        Field("reach_boosted", "whole", ("Reach from Boosted posts",)),
        Field("views_organic", "whole", ("Views from Organic posts",)),
        Field("views_boosted", "whole", ("Views from Boosted posts",)),
        _meta.ENGAGEMENTS,
        _meta.REACTIONS,
        _meta.COMMENTS,
        _meta.SHARES,
        Field(
            "clicks_all",
            "whole",
            (
                *("Total clicks", "Total de cliques", "Klicks insgesamt", "Gesamtzahl der Klicks"),
                *("Total de clics", "Clics totales", "Total des clics", "Nombre total de clics"),
            ),
        ),
        _meta.LINK_CLICKS,
        Field("video_3s_views", "whole", _meta.VIDEO_3S),
        Field("video_1m_views", "whole", _meta.VIDEO_1M),
        Field("video_3s_viewers", "whole", ("3-second viewers",)),
        Field("video_1m_viewers", "whole", ("1-minute viewers",)),
        Field("watch_seconds", "seconds", _meta.SECONDS),
    ),
    any_of=(("page_id", "page_name"), ("reach", "views", "viewers", "impressions")),
    derive={
        "file_post_id": "file_id",
        "account": "page_id",
        "account_name": "page_name",
        "published_at": "published",
        "text": "longer(plain_mentions(title), plain_mentions(description))",
        "kind": "kind",
        "permalink": "permalink",
    },
    skip=(*_meta.SKIP, totals("title", unless="file_id")),
    aside=_meta.ASIDE,
)
