"""LinkedIn Page admin, Analytics > Content > Export, sheet Metrics: the page by UTC day, under one sentence of explanation.

Rates are recomputed from counts. Reach is the one unique count, and it is of organic posts only.
"""

from . import Field, Format
from ._linkedin import DATE, DATE_WORDS, NO_DAY, SKIP

FORMAT = Format(
    key="linkedin_days",
    label="LinkedIn days (Page admin, content metrics)",
    table="account_day",
    network="linkedin",
    getting_it="LinkedIn Page > Analytics > Content > Export. The sheet Metrics of the workbook.",
    fields=(
        DATE,
        DATE_WORDS,
        Field("impressions", "whole", ("Impressions (total)", "Impressões (total)", "Impresiones totales", "Impresiones (totales)")),
        Field(
            "reach",
            "whole",
            ("Unique impressions (organic)", "Impressões únicas (orgânicas)", "Impresiones únicas (orgánicas)"),
        ),
        Field("clicks_all", "whole", ("Clicks (total)", "Cliques (total)", "Clics (Totales)")),
        Field("reactions_likes", "net_whole", ("Reactions (total)", "Reações (total)", "Reacciones (total)")),
        Field("comments", "net_whole", ("Comments (total)", "Comentários (total)", "Comentarios (totales)")),
        Field(
            "shares",
            "net_whole",
            ("Reposts (total)", "Shares (total)", "Compartilhamentos (total)", "Veces compartido (total)"),
        ),
    ),
    any_of=(("impressions", "reach", "clicks_all", "reactions_likes", "comments", "shares"),),
    derive={"day": "date"},
    skip=SKIP,
    aside=(NO_DAY,),
    dated_by_name=True,
)
