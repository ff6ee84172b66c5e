"""What the exports of YouTube Studio have in common: headings in several languages, and which table of an export a file is.

An export is a zip of three tables under one dimension: Table data (totals of the period), Chart data (the top rows by day, long) and
Totals (one metric by day). Their headings are the dimension and whatever metrics were ticked, so a table is told by which of these it has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from . import Field, Layout, Record, Rule, normalised

DATE = ("Date", "Datum", "Data", "Fecha")
CONTENT = ("Content", "Video", "Videos", "Inhalt", "Inhalte", "Conteúdo", "Vídeo", "Contenido", "Contenu", "Vidéo", "Contenuti")
TITLE = (
    "Video title",
    "Videotitel",
    "Titel des Videos",
    "Título do vídeo",
    "Título del vídeo",
    "Título del video",
    "Titre de la vidéo",
    "Titolo del video",
)
PUBLISHED = (
    "Video publish time",
    "Veröffentlichungszeitpunkt des Videos",
    "Veröffentlichungszeit des Videos",
    "Horário de publicação do vídeo",
    "Hora de publicación del vídeo",
    "Hora de publicación del video",
    "Heure de publication de la vidéo",
    "Date de publication de la vidéo",
    "Ora di pubblicazione del video",
)
LENGTH = ("Duration", "Dauer", "Duração", "Duración", "Durée", "Durata")
STORED: dict[str, tuple[str, ...]] = {
    "views": ("Views", "Aufrufe", "Visualizações", "Visualizaciones", "Vistas", "Vues", "Visualizzazioni"),
    "engaged_views": (
        "Engaged views",
        "Aktive Wiedergaben",
        "Aktive Aufrufe",
        "Visualizações intencionais",
        "Visualizações engajadas",
        "Visualizaciones interesadas",
        "Visualizaciones con interacción",
        "Vues engagées",
        "Vues intentionnelles",
        "Visualizzazioni engaged",
    ),
    "watch_seconds": (
        "Watch time (hours)",
        "Wiedergabezeit (Stunden)",
        "Tempo de exibição (horas)",
        "Tiempo de visualización (horas)",
        "Durée de visionnage (heures)",
        "Tempo di visualizzazione (ore)",
    ),
    "reach": (
        "Unique viewers",
        "Einzelne Zuschauer",
        "Eindeutige Zuschauer",
        "Espectadores únicos",
        "Usuarios únicos",
        "Spectateurs uniques",
        "Spettatori unici",
    ),
    "impressions": (
        "Impressions",
        "Thumbnail impressions",
        "Impressionen",
        "Thumbnail-Impressionen",
        "Impressionen der Thumbnails",
        "Impressões",
        "Impressões de miniaturas",
        "Impresiones",
        "Impresiones de miniaturas",
        "Impresiones de la miniatura",
        "Impressions de la miniature",
        "Impressions de miniatures",
        "Impressioni",
    ),
    "reactions_likes": (
        "Likes",
        "Mag ich",
        "Mag ich-Bewertungen",
        "Marcações Gostei",
        "Gostei",
        "Me gusta",
        "J'aime",
        "Mentions J'aime",
        "Mi piace",
    ),
    "comments": (
        "Comments added",
        "Hinzugefügte Kommentare",
        "Kommentare hinzugefügt",
        "Comentários adicionados",
        "Comentarios añadidos",
        "Comentarios agregados",
        "Commentaires ajoutés",
        "Commenti aggiunti",
    ),
    "shares": (
        "Shares",
        "Geteilte Inhalte",
        "Geteilt",
        "Mal geteilt",
        "Compartilhamentos",
        "Veces compartido",
        "Veces que se compartió",
        "Compartidos",
        "Partages",
        "Condivisioni",
    ),
    "follows_new": (
        "Subscribers gained",
        "Gewonnene Abonnenten",
        "Neue Abonnenten",
        "Inscrições obtidas",
        "Inscritos obtidos",
        "Inscritos ganhos",
        "Suscriptores ganados",
        "Suscriptores obtenidos",
        "Abonnés gagnés",
        "Nouveaux abonnés",
        "Iscritti acquisiti",
    ),
    "unfollows": (
        "Subscribers lost",
        "Verlorene Abonnenten",
        "Inscrições perdidas",
        "Inscritos perdidos",
        "Suscriptores perdidos",
        "Abonnés perdus",
        "Iscritti persi",
    ),
    "new_viewers": (
        "New viewers",
        "Neue Zuschauer",
        "Novos espectadores",
        "Nuevos espectadores",
        "Nouveaux spectateurs",
        "Nuovi spettatori",
    ),
    "returning_viewers": (
        "Returning viewers",
        "Wiederkehrende Zuschauer",
        "Espectadores recorrentes",
        "Espectadores recurrentes",
        "Spectateurs connus",
        "Spectateurs récurrents",
        "Spettatori di ritorno",
    ),
}
# Metrics that are not stored: rates, averages and money, and net subscribers, which may be negative.
SUBSCRIBERS = ("Subscribers", "Abonnenten", "Inscritos", "Suscriptores", "Abonnés", "Iscritti")
RATES = (
    "Impressions click-through rate (%)",
    "Thumbnail click-through rate (%)",
    "Klickrate der Impressionen (%)",
    "Taxa de cliques de impressões (%)",
    "Taxa de cliques na miniatura (%)",
    "Porcentaje de clics de las impresiones (%)",
    "Tasa de clics de las impresiones (%)",
    "Taux de clics par impression (%)",
    "Percentuale di clic delle impressioni (%)",
    "Average view duration",
    "Durchschnittliche Wiedergabedauer",
    "Duração média da visualização",
    "Duración media de la visualización",
    "Duración promedio de la visualización",
    "Duración media de las visualizaciones",
    "Durée moyenne d'une vue",
    "Durata media visualizzazione",
    "Average percentage viewed (%)",
    "Durchschnittlich wiedergegeben (%)",
    "Durchschnittlicher Prozentsatz der Wiedergabe (%)",
    "Porcentagem visualizada média (%)",
    "Porcentaje medio visto (%)",
    "Porcentaje promedio visto (%)",
    "Pourcentage moyen de vidéo regardé (%)",
    "Percentuale media visualizzata (%)",
    "Viewed (vs. swiped away) (%)",
    "Stayed to watch (%)",
    "Continuaram assistindo (%)",
    "Likes (vs. dislikes) (%)",
    "Average views per viewer",
    "Média de visualizações por espectador",
)
OTHERS = (
    *SUBSCRIBERS,
    *RATES,
    *LENGTH,
    "Dislikes",
    "Shown in feed",
    "Regular viewers",
    "Casual viewers",
    "YouTube Premium views",
)
REVENUE = (
    "estimatedrevenue",
    "yourestimatedrevenue",
    "geschätzterumsatz",
    "receitaestimada",
    "suareceitaestimada",
    "ingresosestimados",
    "revenusestimés",
)
DIMENSIONS = (
    "Traffic source",
    "Zugriffsquelle",
    "Traffic-Quelle",
    "Origem do tráfego",
    "Fuente de tráfico",
    "Source de trafic",
    "Geography",
    "Geografie",
    "Geografia",
    "Geografía",
    "Zone géographique",
    "Cities",
    "Städte",
    "Cidades",
    "Ciudades",
    "Villes",
    "Viewer age",
    "Alter der Zuschauer",
    "Idade do espectador",
    "Edad de los espectadores",
    "Edad del usuario",
    "Âge des spectateurs",
    "Viewer gender",
    "Geschlecht der Zuschauer",
    "Gênero do espectador",
    "Género de los espectadores",
    "Sexo del usuario",
    "Sexe des spectateurs",
    "Subscription status",
    "Abostatus",
    "Status da inscrição",
    "Status de inscrição",
    "Estado de la suscripción",
    "Statut de l'abonnement",
    "Subscription source",
    "Subscribed status",
    "Device type",
    "Gerätetyp",
    "Tipo de dispositivo",
    "Type d'appareil",
    "Operating system",
    "Content type",
    "Playback location",
    "Sharing service",
    "YouTube product",
    "Subtitles and CC",
    "Translation use",
    "Video info language",
    "End screen element",
    "End screen element type",
    "Card type",
    "Player type",
    "New and returning viewers",
    "Audience by watch behavior",
    "Organic and paid traffic",
    "Traffic type",
)
# Columns of tools and networks that borrow YouTube's words.
FOREIGN = frozenset(
    map(normalised, ("Network", "Profile", "Post ID", "Permalink", "Video link", "Account", "Platform", "Primary", "Video views"))
)

_STORED = {name: frozenset(map(normalised, headings)) for name, headings in STORED.items()}
_ANY_STORED = frozenset().union(*_STORED.values())
_SHARES = frozenset(f"{name}share" for name in _ANY_STORED)
_SUBSCRIBERS = frozenset(map(normalised, SUBSCRIBERS))
_OTHERS = frozenset(map(normalised, OTHERS))
_RATES = frozenset(map(normalised, RATES))
_DIMENSIONS = frozenset(map(normalised, DIMENSIONS))
_CONTENT = frozenset(map(normalised, CONTENT))
_DATES = frozenset(map(normalised, DATE))
_PUBLISHED = frozenset(map(normalised, PUBLISHED))
_TITLES = frozenset(map(normalised, TITLE))
_LOOKED_AT = 20


def sort_of(records: Sequence[Record]) -> tuple[str, int] | None:
    """Which table of an export the records are, and the number of its heading row; None if they are no export of YouTube's.

    ``content``: videos with their totals. ``days``: one row a day. ``chart``: several rows a day. ``breakdown``: totals by something else.
    ``unstored``: days of nothing but rates, averages, money or net subscribers.
    """
    for number, record in enumerate(records):
        if record.cells[0].lstrip().startswith("#"):
            return None
        under = records[number + 1 : number + 1 + _LOOKED_AT]
        sort = _sort(record.cells, under)
        if sort and _heads(record, under):
            return sort, number
    return None


def _heads(heading: Record, under: Sequence[Record]) -> bool:
    """Whether most rows under it are as wide as it is. A remark that lists YouTube's words, taken apart at its own commas or semicolons
    because the file is of another delimiter, stands over rows of any width.
    """
    return 2 * sum(len(record.cells) == len(heading.cells) for record in under) >= len(under)


def _sort(cells: Sequence[str], under: Sequence[Record]) -> str | None:
    names = _names(cells)
    there = {name for name in names if name}
    if there & FOREIGN or len(there) < 2 or any(name.isdecimal() for name in there):
        return None
    stored = there & _ANY_STORED
    unstored = {name for name in there if name in _OTHERS or name in _SHARES or name.startswith(REVENUE)}
    # Headings that no other network prints, so that columns unknown to us may stand beside them.
    certain = bool(there & (_STORED["watch_seconds"] | _STORED["engaged_views"] | _RATES)) or any(
        name.startswith(REVENUE) for name in there
    )
    if not stored and not unstored:
        return None
    videos = bool(there & _CONTENT and there & _PUBLISHED)
    others = there - stored - unstored - _DIMENSIONS - _CONTENT - _TITLES - _PUBLISHED - _DATES
    if not there & _DATES:
        if videos and stored:
            return "content"
        return "breakdown" if certain or (there & _DIMENSIONS and not others) else None
    worded = certain and any(_is_worded(under, place) for place, name in enumerate(names) if name in others | (there & _CONTENT))
    if there & _DIMENSIONS or videos or worded:
        return "chart"
    if (others or there & _CONTENT) and not certain:
        return None
    return "days" if stored else "unstored" if certain or there & _SUBSCRIBERS else None


def _names(cells: Sequence[str]) -> list[str]:
    """Headings as they are matched. ``Views (%)`` is a share, which but for its sign would be taken for the views."""
    named = [(cell, normalised(cell)) for cell in cells]
    return [f"{name}share" if cell.rstrip().endswith("(%)") and name in _ANY_STORED else name for cell, name in named]


def _is_worded(under: Sequence[Record], place: int) -> bool:
    """Whether a column holds words, so that it is a dimension and no metric."""
    return any(re.search(r"[^\W\d_]", record.cells[place]) for record in under if place < len(record.cells))


def layouts_of(wanted: str) -> Callable[[Sequence[Record]], Iterator[Layout]]:
    """Layouts of the files that are that table of an export."""

    def layouts(records: Sequence[Record]) -> Iterator[Layout]:
        found = sort_of(records)
        if found and found[0] == wanted:
            heading, under = records[found[1]], records[found[1] + 1 :]
            headings = tuple(
                name if name.endswith("share") else cell for cell, name in zip(heading.cells, _names(heading.cells), strict=True)
            )
            first = under[0].line if under else heading.line + 1
            yield Layout(headings, first, declined=SEVERAL_A_DAY if wanted == "days" and _has_several_a_day(heading, under) else "")

    return layouts


def _has_several_a_day(heading: Record, under: Sequence[Record]) -> bool:
    """Whether the days stand there several times over with other values, as in Chart data that lost the column by which it was split."""
    place = next(place for place, name in enumerate(_names(heading.cells)) if name in _DATES)
    rows = {record.cells for record in under if place < len(record.cells) and re.search("[0-9]", record.cells[place])}
    return len(rows) >= 1.5 * len({row[place].strip() for row in rows}) > 0


def metric_field(name: str) -> Field:
    """The field of a metric. What people can take back is counted less what they took back, so it may be negative in a period."""
    kind = "net_whole" if name in ("reactions_likes", "comments", "shares") else "whole"
    return Field(name, "hours" if name == "watch_seconds" else kind, STORED[name])


MACROS = (
    # The instant that stands for a day of which no time is known: noon in London, which is on that day there.
    """create macro london_noon(day) as timezone('UTC', timezone('Europe/London', cast(day as timestamp) + interval 12 hour))""",
)
SEVERAL_A_DAY = (
    "Its days stand there several times with different values, as in Chart data without the column by which they are split. "
    "Choose Totals or Table data of the same download."
)
TOTAL = "the row of totals, which YouTube counts by itself"
FOOTER = "YouTube's remark that only the first rows are listed"


def skip_rules(first: str, values: Sequence[str]) -> tuple[Rule, ...]:
    """The row of totals, and the remark under a table that was cut off: words alone in the first column."""
    nothing = " and ".join(f"{name} is null" for name in values)
    return (
        Rule(TOTAL, f"names_total({first})"),
        Rule(FOOTER, f"coalesce(regexp_matches({first}, '[0-9]') and regexp_matches({first}, '[[:alpha:]]+.* '), false) and {nothing}"),
    )
