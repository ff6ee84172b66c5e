"""Meta Ads Manager: advertisements on Facebook and Instagram over a window of days, with whatever columns and breakdowns were chosen.

Reach is de-duplicated by Meta in each row alone, so no two rows may be added. What Meta sums up itself is kept at level ``total``: the
row without names is the whole of the file, one with the names of a coarser object than the others the whole of that object, and one
with fewer breakdowns than others of the same object the whole over the missing ones. That is the only honest reach of a campaign.
Windows may overlap; each is kept under its own days. Days are those of the advertising account's zone.
"""

from . import Field, Format, Rule

# How Meta and the people who add the row by hand call the row of totals.
_TOTALS = (
    *("total", "totals", "grand total", "all", "summary"),
    *("total geral", "totais", "todos"),
    *("gesamt", "insgesamt", "gesamtsumme", "gesamtergebnis", "summe", "alle"),
    *("total general", "totales", "resultados totales"),
    *("total général", "totaux", "tous"),
)
_TOTAL_LIST = ", ".join(f"'{word}'" for word in _TOTALS)
# "Results from 12 ads", as the screen calls it.
_TOTAL_WORDS = "(results from|total of|resultados de|ergebnisse (aus|von)|résultats de) [0-9]+ .*"

_IDS = ("ad_id", "set_id", "campaign_id")
_DELIVERIES = ("ad_delivery", "set_delivery", "campaign_delivery", "delivery")
_OBJECTS = ("ad", "set", "campaign")
# A row of totals has no delivery and no id, so an advertisement called "Total" that has one is none.
_UNMARKED = f"coalesce({', '.join(f'stated({one})' for one in (*_DELIVERIES, *_IDS))}) is null"
_CALLED_TOTAL = f"({_UNMARKED} and ({' or '.join(f'is_total({level}_name)' for level in _OBJECTS)}))"


def _named(level: str) -> str:
    return f"case when not (is_sum and is_total({level}_name)) then stated({level}_name) end"


_CAMPAIGN, _SET, _AD = (f"coalesce({_named(level)}, stated({level}_id))" for level in ("campaign", "set", "ad"))
_ACCOUNT = "coalesce(stated(account_id), stated(account_title))"

# The breakdowns, under the keys by which they are kept.
_BREAKDOWNS = {
    "week": ("Week", "Semana", "Woche", "Semaine"),
    "month": ("Month", "Mês", "Monat", "Mes", "Mois"),
    "time_of_day": ("Time of day (ad account time zone)", "Time of day (viewer's time zone)"),
    "age": ("Age", "Idade", "Alter", "Edad", "Âge"),
    "gender": ("Gender", "Gênero", "Geschlecht", "Sexo", "Género", "Sexe", "Genre"),
    "country": ("Country", "País", "Land", "Pays"),
    "region": ("Region", "Região", "Región", "Région"),
    "dma_region": ("DMA region",),
    "business_location": ("Business locations", "Business location"),
    "platform": ("Platform", "Publisher platform", "Plataforma", "Plattform", "Plateforme"),
    "placement": ("Placement", "Posicionamento", "Platzierung", "Ubicación", "Emplacement"),
    "device_platform": ("Device platform", "Plataforma do dispositivo", "Geräteplattform", "Plataforma del dispositivo"),
    "device": ("Impression device", "Dispositivo de impressão", "Dispositivo de impresión"),
    "conversion_device": ("Conversion device",),
    "media_type": ("Media type",),
    "objective": ("Objective breakdown",),
}
_BROKEN_DOWN = ", ".join(["'day', strftime(day_of, '%Y-%m-%d')", *(f"'{key}', part({key})" for key in _BREAKDOWNS)])
_BREAKDOWN = f"nullif(cast(json_merge_patch('{{}}', json_object({_BROKEN_DOWN})) as varchar), '{{}}')"

_OBJECT_CELLS = "campaign_name, campaign_id, set_name, set_id, ad_name, ad_id"
_BROKEN_BY = " + ".join(["cast(day_of is not null as integer)", *(f"cast(part({key}) is not null as integer)" for key in _BREAKDOWNS)])
_NAMED_AT = (f"when coalesce(stated({level}_name), stated({level}_id)) is not null then {3 - up}" for up, level in enumerate(_OBJECTS))
_DEPTH = f"case {' '.join(_NAMED_AT)} else 0 end"
# The rows whose window begins in that of the row.
_WITHIN = "order by first_day range between current row and greatest(last_day - first_day, 0) following"


def _adds_up(metric: str, rounding: float) -> str:
    """Whether a row's number is the sum of the others: of all in its window, or of those with its breakdown."""
    parts = f"sum({metric}) filter (is_part)"
    whole, broken = f"{parts} over ({_WITHIN})", f"{parts} over (partition by breakdown {_WITHIN})"
    return f"coalesce(abs({metric} - case when broken_by = 0 then {whole} else {broken} end) <= {rounding} * {metric}, false)"


# Meta's subtotals have fewer breakdowns than other rows of the same object in their window. A row that only goes by a name such as
# Total may be an advertisement: it is one unless it adds up the others.
_STAGES = (
    {
        "breakdown": _BREAKDOWN,
        "broken_by": _BROKEN_BY,
        "first_day": "coalesce(coalesce(day_of, starts) - date '1970-01-01', 0)",
        "last_day": "coalesce(coalesce(day_of, ends) - date '1970-01-01', 1000000)",
        "called_total": _CALLED_TOTAL,
        "depth": f"case when not {_CALLED_TOTAL} then {_DEPTH} end",
    },
    {
        "is_subtotal": f"broken_by < max(broken_by) over (partition by {_OBJECT_CELLS} {_WITHIN})",
        "deepest": "max(depth) over (partition by 1)",
    },
    {"is_part": "depth = deepest and not is_subtotal"},
    {"is_sum": f"called_total and case when impressions is null then {_adds_up('spend', 0.001)} else {_adds_up('impressions', 0)} end"},
)
_OBJECT = f"coalesce({_AD}, {_SET}, {_CAMPAIGN})"
_LEVEL = f"""case
    when is_subtotal then 'total'
    when {_AD} is not null then 'ad'
    when {_SET} is not null and count({_AD}) over (partition by 1) = 0 then 'ad set'
    when {_CAMPAIGN} is not null and count(coalesce({_AD}, {_SET})) over (partition by 1) = 0 then 'campaign'
    when {_ACCOUNT} is not null and count({_OBJECT}) over (partition by 1) = 0 then 'account'
    else 'total'
end"""
# An account's id stands in every row, so whether it was rounded shows in the other ids. The row of totals names no account, and no
# days in some files: they are those of the rows it sums up.
_ROUNDED = f"ids_rounded(coalesce({', '.join(_IDS)}))"
_WHOSE = f"""case
    when {_ACCOUNT} is not null then account_of(account_id, account_title, {_ROUNDED})
    when min({_ACCOUNT}) over (partition by 1) <> max({_ACCOUNT}) over (partition by 1) then 'name:several accounts'
    else account_of(min(stated(account_id)) over (partition by 1), min(stated(account_title)) over (partition by 1), {_ROUNDED})
end"""

FORMAT = Format(
    key="meta_ads",
    label="Facebook and Instagram advertisements (Meta Ads Manager)",
    table="ad_result",
    network="meta",
    numbered_accounts=True,
    getting_it=(
        "Meta Ads Manager > choose the dates and columns > Reports > Export table data > CSV. Tick the summary row: only it has the reach "
        "of all advertisements together. With the columns Ad ID and Account name nothing needs to be asked."
    ),
    kept_for="37 months, by Meta's documentation for developers.",
    fields=(
        Field(
            "starts",
            "day",
            (
                *("Reporting starts", "Início dos relatórios", "Auswertungsstart", "Berichtsstart", "Inicio del informe"),
                *("Début des rapports", "Début du rapport"),
            ),
            required=True,
        ),
        Field(
            "ends",
            "day",
            (
                *("Reporting ends", "Término dos relatórios", "Encerramento dos relatórios", "Auswertungsende", "Berichtsende"),
                *("Fin del informe", "Fin des rapports", "Fin du rapport"),
            ),
            required=True,
        ),
        Field("account_id", "text", ("Account ID", "Identificação da conta", "Konto-ID", "Identificador de la cuenta")),
        Field("account_title", "text", ("Account name", "Nome da conta", "Kontoname", "Nombre de la cuenta", "Nom du compte")),
        Field(
            "campaign_name",
            "text",
            (
                *("Campaign name", "Nome da campanha", "Kampagnenname", "Name der Kampagne", "Nombre de la campaña"),
                *("Nom de la campagne",),
            ),
        ),
        Field(
            "set_name",
            "text",
            (
                *("Ad set name", "Nome do conjunto de anúncios", "Anzeigengruppenname", "Name der Anzeigengruppe"),
                *("Nombre del conjunto de anuncios", "Nom de l'ensemble de publicités"),
            ),
        ),
        Field(
            "ad_name",
            "text",
            ("Ad name", "Nome do anúncio", "Anzeigenname", "Name der Werbeanzeige", "Nombre del anuncio", "Nom de la publicité"),
        ),
        Field(
            "campaign_id",
            "text",
            (
                *("Campaign ID", "Identificação da campanha", "ID da campanha", "Kampagnen-ID", "Identificador de la campaña"),
                *("ID de la campagne",),
            ),
        ),
        Field(
            "set_id",
            "text",
            (
                *("Ad set ID", "Identificação do conjunto de anúncios", "ID do conjunto de anúncios", "Anzeigengruppen-ID"),
                *("Identificador del conjunto de anuncios", "ID de l'ensemble de publicités"),
            ),
        ),
        Field(
            "ad_id",
            "text",
            ("Ad ID", "Identificação do anúncio", "ID do anúncio", "Anzeigen-ID", "Identificador del anuncio", "ID de la publicité"),
        ),
        Field("ad_delivery", "text", ("Ad delivery", "Veiculação do anúncio", "Entrega del anuncio", "Diffusion de la publicité")),
        Field(
            "set_delivery",
            "text",
            (
                *("Ad set delivery", "Veiculação do conjunto de anúncios", "Entrega del conjunto de anuncios"),
                *("Diffusion de l'ensemble de publicités",),
            ),
        ),
        Field(
            "campaign_delivery",
            "text",
            ("Campaign delivery", "Veiculação da campanha", "Entrega de la campaña", "Diffusion de la campagne"),
        ),
        Field("delivery", "text", ("Delivery status", "Delivery", "Veiculação", "Auslieferung", "Entrega", "Diffusion")),
        Field("day_of", "day", ("Day", "Dia", "Tag", "Día", "Jour")),
        *(Field(key, "text", headings) for key, headings in _BREAKDOWNS.items()),
        Field("type_named", "text", ("Result type", "Tipo de resultado", "Ergebnistyp", "Type de résultat")),
        Field(
            "indicator",
            "text",
            (
                *("Result indicator", "Indicador de resultados", "Indicador de resultado", "Ergebnisindikator", "Ergebnis-Indikator"),
                *("Indicateur de résultats", "Indicateur de résultat"),
            ),
        ),
        Field("currency_named", "text", ("Currency", "Moeda", "Währung", "Divisa", "Moneda", "Devise")),
        Field("reach", "whole", ("Reach", "Alcance", "Reichweite", "Couverture", "Portée")),
        Field("viewers", "whole", ("Viewers", "Visualizadores", "Betrachter", "Espectadores", "Spectateurs")),
        Field("views_printed", "whole", ("Views", "Visualizações", "Aufrufe", "Visualizaciones", "Vues")),
        Field("impressions", "whole", ("Impressions", "Impressões", "Impressionen", "Impresiones")),
        Field("clicks_all", "whole", ("Clicks (all)", "Cliques (todos)", "Klicks (alle)", "Clics (todos)", "Clics (tous)")),
        Field(
            "link_clicks",
            "whole",
            (
                *("Link clicks", "Cliques no link", "Link-Klicks", "Clics en el enlace", "Clics sur un lien", "Clics sur le lien"),
                *("Clics sur lien",),
            ),
        ),
        Field(
            "engagements",
            "whole",
            (
                *("Post engagements", "Post engagement", "Engajamentos com a publicação", "Engajamento com a publicação"),
                *("Beitragsinteraktionen", "Interacciones con la publicación", "Interacción con la publicación"),
                *("Interactions avec la publication",),
            ),
        ),
        Field(
            "video_3s_views",
            "whole",
            (
                *("3-second video plays", "3-second video views", "Reproduções do vídeo por 3 segundos"),
                *("Reproduções de vídeo de 3 segundos", "3-Sekunden-Video-Wiedergaben", "Reproducciones de video de 3 segundos"),
                *("Reproducciones de vídeo de 3 segundos", "Lectures de vidéo de 3 secondes"),
            ),
        ),
        Field("results", "measured", ("Results", "Resultados", "Ergebnisse", "Résultats")),
        Field(
            "spend",
            "measured",
            ("Amount spent", "Valor usado", "Valor gasto", "Ausgegebener Betrag", "Importe gastado", "Montant dépensé"),
            ending="(?P<currency>[a-z]{3})",
        ),
    ),
    any_of=(
        ("ad_name", "set_name", "campaign_name", "ad_id", "set_id", "campaign_id", "account_title", "account_id"),
        ("reach", "viewers", "views_printed", "impressions", "spend", "results", "clicks_all", "link_clicks"),
    ),
    derive={
        "account": _WHOSE,
        "account_name": "coalesce(stated(account_title), case when account = 'name:several accounts' then 'Several accounts' end)",
        "level": _LEVEL,
        "campaign": _named("campaign"),
        "ad_set": _named("set"),
        "ad": _named("ad"),
        "object_id": f"""case
            when {_AD} is not null then sound_id(stated(ad_id), ids_rounded(ad_id), true)
            when {_SET} is not null then sound_id(stated(set_id), ids_rounded(set_id), true)
            else sound_id(stated(campaign_id), ids_rounded(campaign_id), true)
        end""",
        "breakdown": "breakdown",
        "window_start": "coalesce(starts, day_of, case when level = 'total' then min(starts) over (partition by 1) end)",
        "window_end": "coalesce(ends, day_of, case when level = 'total' then max(ends) over (partition by 1) end)",
        "result_type": "coalesce(stated(type_named), stated(indicator))",
        "currency": "coalesce(upper(said_currency), stated(currency_named))",
        "views": "case when views_printed > 0 or coalesce(impressions, 0) = 0 then views_printed end",
    },
    looks_around=True,
    stages=_STAGES,
    said=("currency",),
    macros=(
        # Names are text, in which NA or None may be meant; only the dash is Meta's own sign of nothing.
        "create macro stated(cell) as case when not list_contains(['-', '--', '\u2013', '\u2014'], cell) then cell end",
        f"""create macro is_total(name) as
            coalesce(list_contains([{_TOTAL_LIST}], lower(name)) or regexp_full_match(lower(name), '{_TOTAL_WORDS}'), false)""",
        "create macro part(cell) as case when not list_contains(['all', 'todos', 'alle', 'tous'], lower(cell)) then stated(cell) end",
        """create macro account_of(id, title, rounded) as
            coalesce(sound_id(stated(id), rounded, true), 'name:' || lower(stated(title)))""",
        # One id with digits past the fifteenth shows that no spreadsheet rounded them; zeros alone there may be chance, up to a number.
        # For count(*) filter DuckDB would go through all rows for each row.
        """create macro ids_rounded(id) as
            count(case when regexp_full_match(id, '[0-9]{16,}') and not regexp_full_match(substr(id, 16), '0+') then id end)
                over (partition by 1) = 0
            and (count(case when regexp_full_match(id, '[0-9.,]+[eE][+]?[0-9]+') then id end) over (partition by 1) > 0
                or coalesce(sum(length(id) - 15) filter (regexp_full_match(id, '[0-9]{15}0+')) over (partition by 1), 0) >= 4)""",
    ),
    aside=(
        Rule(
            "the record names no advertisement, ad set or campaign; it is not the row of totals either, since it has a delivery status",
            f"{_OBJECT} is null and coalesce({', '.join(f'stated({one})' for one in _DELIVERIES)}) is not null",
        ),
        Rule("it does not say where its window starts", "window_start is null", "starts"),
        Rule("it does not say where its window ends", "window_end is null", "ends"),
        Rule("its window ends before it starts", "window_end < window_start", "ends"),
    ),
    remarks=(
        Rule(
            "the name is a word for a total, but the row does not add up the others: taken for an advertisement, ad set or campaign",
            "called_total and not is_sum",
        ),
        Rule("reach is above impressions, which cannot be; kept as exported", "reach > impressions"),
        Rule(
            "Views is 0 although there are impressions, so Meta did not count views yet: taken as missing",
            "views is null and views_printed = 0",
        ),
        Rule(
            "the id was damaged by a spreadsheet, so the names alone tell what it is of. Export again and do not open it in Excel",
            f"object_id is null and coalesce({', '.join(f'stated({one})' for one in _IDS)}) is not null",
        ),
    ),
)
