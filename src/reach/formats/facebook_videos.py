"""Meta Business Suite, Insights > Content > Export data: Facebook videos, a row for each video asset.

The figures are over every post that carries the asset, and those posts are in the export of posts as well, under other ids. So assets stand
apart as a network of their own: beside the posts they would count the same accounts and reactions twice.
"""

from . import Field, Format, Rule, _meta, totals

FORMAT = Format(
    key="facebook_videos",
    label="Facebook videos (Meta Business Suite)",
    table="post_observation",
    some_posts=True,
    network="video_facebook",
    numbered_accounts=True,
    id_prefix="video:",
    getting_it="Meta Business Suite > Insights > Content > choose Videos > Export data. For figures of posts, export Facebook posts.",
    fields=(
        Field(
            "file_id",
            "text",
            (
                *("Video asset ID", "Identificação do ativo de vídeo", "ID do ativo de vídeo", "Identificador del activo de video"),
                *("Identificador del activo de vídeo", "ID del activo de video", "ID del activo de vídeo"),
            ),
            required=True,
        ),
        *_meta.PAGE,
        Field("title", "text", ("Title", "Título", "Titel", "Titre")),
        _meta.DESCRIPTION,
        _meta.PUBLISHED,
        _meta.COMMENT,
        _meta.LIFETIME,
        _meta.VIEWS,
        _meta.VIEWERS,
        _meta.REACH,
        _meta.ENGAGEMENTS,
        _meta.REACTIONS,
        _meta.COMMENTS,
        _meta.SHARES,
        Field("video_3s_views", "whole", _meta.VIDEO_3S),
        Field("video_1m_views", "whole", _meta.VIDEO_1M),
        Field("video_3s_viewers", "whole", ("3-second viewers",)),
        Field("video_1m_viewers", "whole", ("1-minute viewers",)),
        Field("watch_seconds", "seconds", _meta.SECONDS),
    ),
    any_of=(("page_id", "page_name"), ("reach", "views", "viewers", "video_3s_views", "watch_seconds")),
    without=_meta.POST_ID,
    derive={
        "file_post_id": "file_id",
        "account": "page_id",
        "account_name": "page_name",
        "published_at": "published",
        "text": "longer(plain_mentions(title), plain_mentions(description))",
        "kind": "'Video asset'",
    },
    skip=(*_meta.SKIP, totals("title", unless="file_id")),
    aside=(
        Rule("the record has no video asset id", "file_id is null", "file_id"),
        Rule("the record has no publish time", "published is null", "published"),
        _meta.BY_DAY,
    ),
)
