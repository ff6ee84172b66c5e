"""LinkedIn Page admin, Analytics > Content > Export, sheet All posts: figures of posts for their lifetime.

``Created date`` is when a post was drafted or scheduled, so the instant of publication is taken from the id in its link. LinkedIn
counts no members for a post, so there is no reach. Who posted is never stored.
"""

from . import Field, Format, Rule, totals

FORMAT = Format(
    key="linkedin_posts",
    label="LinkedIn posts (Page admin, all posts)",
    table="post_observation",
    network="linkedin",
    getting_it="LinkedIn Page > Analytics > Content > Export. The sheet All posts of the workbook.",
    fields=(
        Field("title", "text", ("Post title", "Título de la publicación"), required=True),
        Field("link", "text", ("Post link", "Enlace de la publicación"), required=True),
        Field("staff", "text", ("Posted by", "Published by", "Anunciado por")),
        Field("sort", "text", ("Content Type", "Tipo de contenido")),
        Field("impressions", "whole", ("Impressions", "Impresiones")),
        Field("views", "whole", ("Views", "Views (excluding off-site video views)", "Visualizaciones")),
        Field("clicks_all", "whole", ("Clicks", "Clics")),
        Field("reactions_likes", "net_whole", ("Likes", "Reactions", "Recomendaciones")),
        Field("comments", "net_whole", ("Comments", "Comentarios")),
        Field("shares", "net_whole", ("Reposts", "Shares", "Veces compartido")),
        Field("follows_new", "whole", ("Follows", "Seguidores")),
    ),
    any_of=(("impressions", "views", "clicks_all", "reactions_likes", "comments", "shares"),),
    derive={
        "file_post_id": "linkedin_id(link)",
        "account": "cast(null as varchar)",
        "published_at": "linkedin_instant(linkedin_id(link))",
        "text": "title",
        "kind": "sort",
        "permalink": "link",
    },
    skip=(totals("title", unless="link"), totals("link")),
    aside=(
        Rule("its link holds no id of a post, so neither the post nor its time is known", "file_post_id is null", "link"),
        Rule("the id in its link is damaged, so its time is not known", "published_at is null", "link"),
    ),
    macros=(
        """create macro linkedin_id(link) as nullif(regexp_extract(
            link, '(?i)(?:activity|ugcpost|share)(?::|-|%3a)([0-9]{10,20})(?:[^0-9]|$)', 1), '')""",
        # Ids hold their milliseconds above 22 low bits. Those of before 2012 were of another kind.
        """create macro linkedin_instant(id) as case when try_cast(id as bigint) between 5560000000000000000 and 9000000000000000000
            then epoch_ms(cast(id as bigint) >> 22) end""",
    ),
    original="redacted",
    redacted=("staff",),
    dated_by_name=True,
)
