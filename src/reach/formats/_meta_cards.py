"""The cards of Meta Business Suite's Insights: what their titles mean, and how their tables are found in a file.

A card's file holds one or two tables, each a title, a heading and a row a day. The heading of the values is often that of another card,
so only the title is believed. The account stands nowhere, and the network only in some titles.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from . import Layout, Record, normalised


@dataclass(frozen=True)
class Card:
    """A result that a card shows day by day: the metric, the network where the title says it, and the titles.

    ``seen`` are titles of real files, in English and Brazilian Portuguese; ``sure`` are further names that Meta's screens use, in
    these and in German, Spanish and French.
    """

    metric: str
    network: str | None
    seen: tuple[str, ...] = ()
    sure: tuple[str, ...] = ()


CARDS = (
    Card(
        "reach",
        "facebook",
        ("Facebook reach", "Facebook Page reach"),
        (
            *("Alcance do Facebook", "Alcance da Página do Facebook"),
            *("Facebook-Reichweite", "Reichweite auf Facebook", "Reichweite der Facebook-Seite"),
            *("Alcance de Facebook", "Alcance en Facebook", "Alcance de la página de Facebook"),
            *("Couverture Facebook", "Couverture sur Facebook", "Couverture de la Page Facebook"),
        ),
    ),
    Card(
        "reach",
        "instagram",
        ("Instagram reach", "Alcance do Instagram"),
        (
            *("Instagram-Reichweite", "Reichweite auf Instagram"),
            *("Alcance de Instagram", "Alcance en Instagram"),
            *("Couverture Instagram", "Couverture sur Instagram"),
        ),
    ),
    Card("reach", None, ("Reach", "Alcance"), ("Reichweite", "Couverture", "Portée")),
    Card("viewers", None, ("Viewers",), ("Espectadores",)),
    Card("viewers", "facebook", (), ("Facebook viewers", "Espectadores do Facebook", "Espectadores de Facebook")),
    Card("viewers", "instagram", (), ("Instagram viewers", "Espectadores do Instagram", "Espectadores de Instagram")),
    Card("views", None, ("Views", "Visualizações"), ("Aufrufe", "Visualizaciones", "Vues")),
    Card(
        "views",
        "facebook",
        (),
        ("Facebook views", "Visualizações do Facebook", "Facebook-Aufrufe", "Visualizaciones de Facebook", "Vues Facebook"),
    ),
    Card(
        "views",
        "instagram",
        (),
        ("Instagram views", "Visualizações do Instagram", "Instagram-Aufrufe", "Visualizaciones de Instagram", "Vues Instagram"),
    ),
    Card("impressions", None, (), ("Impressions", "Impressões", "Impressionen", "Impresiones")),
    Card(
        "engagements",
        None,
        ("Content interactions", "Interações com o conteúdo"),
        (
            *("Content-Interaktionen", "Interaktionen mit Inhalten"),
            *("Interacciones con el contenido", "Interacciones con contenido"),
            *("Interactions avec le contenu", "Interactions avec du contenu"),
        ),
    ),
    Card("engagements", "facebook", (), ("Facebook content interactions", "Interações com o conteúdo do Facebook")),
    Card("engagements", "instagram", (), ("Instagram content interactions", "Interações com o conteúdo do Instagram")),
    Card(
        "link_clicks",
        "facebook",
        ("Facebook link clicks",),
        (
            *("Cliques no link do Facebook", "Cliques em links do Facebook", "Facebook-Link-Klicks", "Facebook-Linkklicks"),
            *("Clics en el enlace de Facebook", "Clics en enlaces de Facebook", "Clics sur un lien Facebook", "Clics sur le lien Facebook"),
        ),
    ),
    Card(
        "link_clicks",
        "instagram",
        ("Instagram link clicks", "Cliques no link do Instagram"),
        (
            *("Cliques em links do Instagram", "Instagram-Link-Klicks", "Instagram-Linkklicks"),
            *("Clics en el enlace de Instagram", "Clics en enlaces de Instagram"),
            *("Clics sur un lien Instagram", "Clics sur le lien Instagram"),
        ),
    ),
    Card(
        "link_clicks",
        None,
        (),
        (
            *("Link clicks", "Cliques no link", "Cliques em links", "Link-Klicks", "Clics en el enlace", "Clics en enlaces"),
            *("Clics sur un lien", "Clics sur le lien", "Clics sur des liens"),
        ),
    ),
    Card(
        "profile_visits",
        "facebook",
        ("Facebook visits", "Facebook Page visits"),
        (
            *("Visitas ao Facebook", "Visitas do Facebook", "Visitas à Página do Facebook"),
            *("Facebook-Besuche", "Besuche der Facebook-Seite"),
            *("Visitas de Facebook", "Visitas en Facebook", "Visitas a la página de Facebook"),
            *("Visites Facebook", "Visites sur Facebook", "Visites de la Page Facebook"),
        ),
    ),
    Card(
        "profile_visits",
        "instagram",
        ("Instagram profile visits", "Visitas ao perfil do Instagram"),
        (
            *("Instagram-Profilbesuche", "Instagram-Profilaufrufe", "Besuche des Instagram-Profils"),
            *("Visitas al perfil de Instagram", "Visites du profil Instagram", "Visites sur le profil Instagram"),
        ),
    ),
    Card("profile_visits", None, (), ("Visits", "Visitas", "Besuche", "Visites")),
    Card(
        "follows_new",
        "facebook",
        ("Facebook follows",),
        ("Seguidores no Facebook", "Seguidores do Facebook", "Facebook-Follows", "Seguidores de Facebook", "Seguidores en Facebook"),
    ),
    Card(
        "follows_new",
        "instagram",
        ("Instagram follows", "New Instagram followers", "Seguidores no Instagram"),
        (
            *("Seguidores do Instagram", "Novos seguidores do Instagram", "Novos seguidores no Instagram", "Instagram-Follows"),
            *("Neue Instagram-Follower", "Seguidores de Instagram", "Seguidores en Instagram", "Nuevos seguidores de Instagram"),
            *("Nouveaux followers Instagram", "Nouveaux followers sur Instagram"),
        ),
    ),
    Card("follows_new", None, ("Follows",), ("Seguidores", "Seguimentos", "Seguimientos")),
    Card("unfollows", None, (), ("Unfollows",)),
    Card("unfollows", "facebook", (), ("Facebook unfollows",)),
    Card("unfollows", "instagram", (), ("Instagram unfollows",)),
    Card(
        "page_likes_new",
        "facebook",
        ("Facebook Page new likes",),
        (
            *("New Facebook Page likes", "Novas curtidas na Página do Facebook", "Novas curtidas da Página do Facebook"),
            *("Neue „Gefällt mir“-Angaben für die Facebook-Seite", "Nuevos Me gusta de la página de Facebook"),
            *("Nouvelles mentions J’aime de la Page Facebook",),
        ),
    ),
)
CARD = {normalised(title): card for card in CARDS for title in (*card.seen, *card.sure)}

# Stacked above numbers by format rather than by day.
FORMAT_TITLES = {
    *CARD,
    *map(normalised, ("Published content", "Conteúdo publicado", "Veröffentlichte Inhalte", "Contenido publicado", "Contenu publié")),
}
FORMATS = frozenset(
    map(
        normalised,
        (
            *("Reels", "Multi-photo", "Multi photo", "Links", "Photos", "Others", "Other", "Text", "Stories", "Posts", "Videos", "Live"),
            *("Carousels", "Images", "Publicações", "Várias fotos", "Fotos", "Vídeos", "Texto", "Outros", "Ao vivo", "Carrosséis"),
            *("Beiträge", "Fotos", "Sonstiges", "Mehrere Fotos", "Publicaciones", "Otros", "Enlaces", "Varias fotos", "Historias"),
            *("Publications", "Photos", "Vidéos", "Liens", "Autres", "Texte", "Plusieurs photos"),
        ),
    )
)

AUDIENCE_TITLES = frozenset(
    map(
        normalised,
        (
            *("Age & gender", "Top cities", "Top towns/cities", "Top countries"),
            *("Facebook followers by gender and age", "Instagram followers by gender and age"),
            *("Facebook followers by top cities", "Instagram followers by top cities"),
            *("Facebook followers by top towns/cities", "Instagram followers by top towns/cities"),
            *("Facebook followers by top countries", "Instagram followers by top countries"),
            *("Faixa etária e gênero", "Principais cidades", "Principais países"),
            *("Seguidores do Instagram por gênero e idade", "Seguidores do Facebook por gênero e idade"),
            *("Seguidores do Instagram pelas principais cidades", "Seguidores do Facebook pelas principais cidades"),
            *("Seguidores do Instagram pelos principais países", "Seguidores do Facebook pelos principais países"),
            *("Alter und Geschlecht", "Top-Städte", "Top-Länder", "Wichtigste Städte", "Wichtigste Länder"),
            *("Edad y sexo", "Edad y género", "Principales ciudades", "Principales países"),
            *("Âge et genre", "Principales villes", "Villes principales", "Principaux pays", "Pays principaux"),
        ),
    )
)

_DAY_HEADINGS = frozenset(("date", "data", "datum", "fecha"))
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d.*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?: \d.*)?")
_CARD_DAY = re.compile(r"\d{4}-\d\d-\d\dT\d\d:00:00")


def is_day(cell: str) -> bool:
    return bool(_DAY.fullmatch(cell.strip()))


def lone(record: Record) -> str | None:
    """The only filled cell of a record, if it is the first and no date: a title. ``sep=`` lines that a re-save left are none."""
    first, *others = record.cells
    title = first.strip()
    if any(cell.strip() for cell in others) or not title or is_day(title) or title.lower().startswith("sep="):
        return None
    return title


def _is_heading(record: Record, title: str | None) -> bool:
    """Whether a record is the heading of a card's table: a day and one value, which goes by Meta's own words if the title is not known."""
    first, *others = (cell.strip(' "') for cell in record.cells)
    if normalised(first) not in _DAY_HEADINGS or not others or not others[0] or any(others[1:]) or is_day(others[0]):
        return False
    value = normalised(others[0])
    named = title is not None and normalised(title) in CARD
    return named or value == "primary" or "facebook" in value or "instagram" in value or (title is not None and value == normalised(title))


def _tables(records: Sequence[Record]) -> Iterator[tuple[str | None, Record, int | None]]:
    """The tables of a file by day: title, heading, and the line before which the rows end."""
    headings = []
    for place, record in enumerate(records):
        title = lone(records[place - 1]) if place else None
        if _is_heading(record, title):
            headings.append((place, title))
    for (place, title), (later, later_title) in zip(headings, [*headings[1:], (len(records), None)], strict=False):
        end = later - (later_title is not None)
        # A title that no table follows, as of a network that the account does not use, is no row of the table above it.
        while end > place + 1 and normalised(lone(records[end - 1]) or "") in CARD:
            end -= 1
        yield title, records[place], records[end].line if end < len(records) else None


def by_day(records: Sequence[Record]) -> Iterator[Layout]:
    """The tables of a card's file, if one of them at least has a title that is known."""
    tables = list(_tables(records))
    if not any(title and normalised(title) in CARD for title, _, _ in tables):
        return
    for number, (title, heading, end) in enumerate(tables, 1):
        card = CARD.get(normalised(title or ""))
        yield Layout(
            headings=("Date", "Primary", *("" for _ in heading.cells[2:])),
            first=heading.line + 1,
            end=end,
            said={"metric": card.metric if card else None, "network": card.network if card else None, "title": title},
            part=(title or f"table {number}") if len(tables) > 1 else None,
        )


def untitled(records: Sequence[Record]) -> Iterator[Layout]:
    """A card's file in which no table has a title that is known, or that begins with its rows."""
    tables = list(_tables(records))
    filled = [cell.strip() for cell in records[0].cells if cell.strip()] if records else []
    rows_alone = len(filled) == 2 and bool(_CARD_DAY.fullmatch(filled[0])) and filled[1].isdigit()
    if rows_alone or (tables and not any(title and normalised(title) in CARD for title, _, _ in tables)):
        yield Layout(headings=("Date", "Primary"), first=1)


def audience(records: Sequence[Record]) -> Iterator[Layout]:
    """Blocks of followers by age, place and country; in the older layout with a block of their number."""
    numbered = any(normalised("".join(record.cells)).endswith("followuniqueusers") for record in records)
    blocks = any(
        normalised(lone(record) or "") in AUDIENCE_TITLES and sum(bool(cell.strip()) for cell in after.cells) > 1
        for record, after in pairwise(records)
    )
    if numbered or blocks:
        yield Layout(headings=("",), first=1)


def content_formats(records: Sequence[Record]) -> Iterator[Layout]:
    """Blocks of numbers by format, each under the title of a result."""
    for record, after in pairwise(records):
        names = {normalised(cell) for cell in after.cells if cell.strip()}
        if normalised(lone(record) or "") in FORMAT_TITLES and names & FORMATS and not names & _DAY_HEADINGS:
            yield Layout(headings=("",), first=1)
            return
