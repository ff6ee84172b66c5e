"""The tables of the store: the only schema.

Each table is append-only and has one grain. There are no keys, sequences, checks or enums, so that the same
schema runs on DuckLake: identity is a uuid, uniqueness is a query, and ``upload_id`` with ``record_no`` says
where a row came from. Times are naive UTC.
"""

from __future__ import annotations

from dataclasses import dataclass

from .definitions import ANY_METRIC, METRICS

SCHEMA_VERSION = 7


@dataclass(frozen=True)
class Table:
    """A table: its name, what one row is, and its columns as (name, DuckDB type, meaning).

    A table of observations also says which columns measure a fact (``values``), between which columns, or values in SQL, its days
    run (``days``), the mart that holds what is shown of it, and which columns of that mart identify a fact (``key``).
    """

    name: str
    grain: str
    columns: tuple[tuple[str, str, str], ...]
    key: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    days: tuple[str, str] | None = None
    mart: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _, _ in self.columns)

    def ddl(self) -> str:
        """The statement that creates the table in the current schema if it is not there."""
        columns = ", ".join(f"{name} {kind}" for name, kind, _ in self.columns)
        return f"create table if not exists {self.name} ({columns})"


WHO_AND_WHEN = (
    ("recorded_at", "TIMESTAMP", "when this row was added, UTC"),
    ("recorded_by", "VARCHAR", "who added it"),
)
SOURCE = (
    ("upload_id", "UUID", "the upload it came from"),
    ("record_no", "BIGINT", "the record of that file, 1 for the first under the header"),
)

STORE = Table(
    "store",
    "the schema version, one row for each time it was raised",
    (
        ("schema_version", "INTEGER", "the version of these tables"),
        ("reach_version", "VARCHAR", "the release that wrote it"),
        ("views_sha256", "VARCHAR", "of the SQL behind tables, views and marts, which are brought up to date when it changes"),
        *WHO_AND_WHEN,
    ),
)

UPLOAD = Table(
    "upload",
    "a file accepted",
    (
        ("upload_id", "UUID", "identity"),
        ("file_name", "VARCHAR", "the user's name for it: data, never a path"),
        ("sha256", "VARCHAR", "of the file's bytes"),
        ("part", "VARCHAR", "which table of the file it is, where a file holds several: a sheet's name, a table's title"),
        ("bytes", "BIGINT", "size of the file"),
        ("format", "VARCHAR", "key of the export format"),
        ("reader_version", "INTEGER", "version of the format's reader"),
        ("network", "VARCHAR", "the network, where the file is of one"),
        ("account", "VARCHAR", "name of the account it is mainly of"),
        ("as_of", "TIMESTAMP", "when the platform was asked, UTC"),
        ("as_of_basis", "VARCHAR", "where as_of comes from: given, file name, zip entry, file time, upload time"),
        ("period_start", "DATE", "first London day in it"),
        ("period_end", "DATE", "last London day in it"),
        ("table_name", "VARCHAR", "the table that its rows are in"),
        ("rows_read", "BIGINT", "records under the header"),
        ("rows_kept", "BIGINT", "records stored"),
        ("rows_skipped", "BIGINT", "records left out by a stated rule"),
        ("rows_set_aside", "BIGINT", "records left out with a reason each"),
        ("control_totals", "VARCHAR", "JSON: metric to sum of the kept cells, a checksum and never a number of people"),
        ("answers", "VARCHAR", "JSON: what the person answered"),
        ("sample", "BOOLEAN", "made-up sample data"),
        *WHO_AND_WHEN,
        ("reread_of", "UUID", "the upload whose place it took when the original was read again, null for a file brought in"),
        ("first_recorded_at", "TIMESTAMP", "for one that was read again, when its file was brought in, UTC: orders looks of one as_of"),
    ),
)

RETRACTION = Table(
    "retraction",
    "an undo or a redo of one upload",
    (
        ("upload_id", "UUID", "the upload"),
        ("undone", "BOOLEAN", "true for an undo, false for a redo"),
        ("reason", "VARCHAR", "why, in words"),
        *WHO_AND_WHEN,
    ),
)

ORIGINAL = Table(
    "original",
    "a piece of a file's bytes",
    (
        ("sha256", "VARCHAR", "of the whole file"),
        ("piece_no", "INTEGER", "0 for the first"),
        ("bytes", "BLOB", "zstd, 16 MB of the file at most"),
    ),
)

PROBLEM = Table(
    "problem",
    "a row set aside, with its reason",
    (
        *SOURCE,
        ("line", "BIGINT", "physical line in the file on which the record starts"),
        ("column_name", "VARCHAR", "heading of the cell at fault, if one is"),
        ("value", "VARCHAR", "the cell as it stands in the file"),
        ("reason", "VARCHAR", "what is wrong and what would be right"),
        ("record", "VARCHAR", "JSON: the whole record as text, for the download"),
    ),
)

ACCOUNT = Table(
    "account",
    "one of a network's accounts, as one upload or person stated it",
    (
        ("network", "VARCHAR", "key of the network"),
        ("account", "VARCHAR", "identity: the platform's id, else 'name:' and the name in lower case"),
        ("handle", "VARCHAR", "the @name, without the @"),
        ("name", "VARCHAR", "display name"),
        ("ours", "BOOLEAN", "whether it is one of our own accounts, null where nobody said"),
        ("posts", "BIGINT", "posts of it in the file, null when a person stated it"),
        ("upload_id", "UUID", "the upload that stated it, null when a person did"),
        *WHO_AND_WHEN,
    ),
)

POST_OBSERVATION = Table(
    "post_observation",
    "a post, as one export saw it",
    (
        *SOURCE,
        ("network", "VARCHAR", "key of the network"),
        ("account", "VARCHAR", "identity of the account, as in the table account"),
        ("post_id", "VARCHAR", "the platform's id, null where the file's is damaged"),
        ("file_post_id", "VARCHAR", "the id as it stands in a damaged file, null otherwise"),
        ("published_at", "TIMESTAMP", "instant of publication, UTC"),
        ("text", "VARCHAR", "the caption"),
        ("kind", "VARCHAR", "post type in the network's words"),
        ("permalink", "VARCHAR", "the post's address"),
        *((metric.key, metric.type, metric.words) for metric in METRICS),
        ("labels", "VARCHAR", "the custom labels or tags that people gave it on the platform, comma-separated"),
        ("video_seconds", "DECIMAL(18,3)", "how long the video is, in seconds"),
    ),
    mart="post",
)

FIGURE = Table(
    "figure",
    "a published or recorded figure",
    (
        *SOURCE,
        ("start_date", "DATE", "first day it covers"),
        ("end_date", "DATE", "last day it covers"),
        ("date_note", "VARCHAR", "what is known of the dates"),
        ("area", "VARCHAR", "the force, region or country it counts"),
        ("operation", "VARCHAR", "name of the operation"),
        ("campaign", "VARCHAR", "name of the campaign"),
        ("network", "VARCHAR", "key or name of the network, if stated"),
        ("paid", "VARCHAR", "paid, organic or both, if stated"),
        ("measure", "VARCHAR", "key of the measure"),
        ("value_low", "DECIMAL(18,3)", "lowest value the words allow, null if they set none"),
        ("value_high", "DECIMAL(18,3)", "highest value the words allow, null if they set none"),
        ("unit", "VARCHAR", "the counting unit as published"),
        ("qualifier", "VARCHAR", "exact, more than, close to, ..."),
        ("published_wording", "VARCHAR", "the words, as published"),
        ("status", "VARCHAR", "early total, provisional, revised, final, or null"),
        ("as_of", "DATE", "the day the figure stood"),
        ("source", "VARCHAR", "where it was published or recorded"),
        ("note", "VARCHAR", "what a reader must know"),
        ("approved_by", "VARCHAR", "who approved it for publication, null where nobody said"),
    ),
    mart="figure_current",
)

# What a figure is a figure of, whatever its value: a later statement of the same is a revision.
FIGURE_FACT = ("measure", "area", "operation", "campaign", "network", "paid", "start_date", "end_date", "date_note", "source")

ACCOUNT_DAY = Table(
    "account_day",
    "account, day and metric, as one export saw it",
    (
        *SOURCE,
        ("network", "VARCHAR", "key of the network"),
        ("account", "VARCHAR", "identity of the account, as in the table account"),
        ("day", "DATE", "the day, in the network's own zone"),
        ("metric", "VARCHAR", "key of the metric"),
        ("value", "DECIMAL(18,3)", "its value on that day"),
        ("heading", "VARCHAR", "the metric's name in the export"),
    ),
    key=("network", "account", "day", "metric"),
    values=("value",),
    days=("day", "day"),
    mart="day_current",
)

_AD_METRICS = ("reach", "viewers", "views", "impressions", "clicks_all", "link_clicks", "engagements", "video_3s_views", "results", "spend")

AD_RESULT = Table(
    "ad_result",
    "advertisement, window and breakdown, as one export saw it",
    (
        *SOURCE,
        ("network", "VARCHAR", "key of the network, meta where the advertisement ran on several of Meta's"),
        ("account", "VARCHAR", "identity of the advertising account"),
        ("level", "VARCHAR", "account, campaign, ad set, ad, or total for what the platform summed up itself, each account counted once"),
        ("campaign", "VARCHAR", "name of the advertising campaign"),
        ("ad_set", "VARCHAR", "name of the ad set"),
        ("ad", "VARCHAR", "name of the advertisement"),
        ("object_id", "VARCHAR", "the platform's id of the object of that level, where exported"),
        ("breakdown", "VARCHAR", "JSON: the values it is broken down by, null for none"),
        ("window_start", "DATE", "first day of the window"),
        ("window_end", "DATE", "last day of the window"),
        ("result_type", "VARCHAR", "what counts as a result"),
        ("currency", "VARCHAR", "ISO code of the money"),
        *((key, ANY_METRIC[key].type, ANY_METRIC[key].words) for key in _AD_METRICS),
    ),
    key=("network", "account", "level", "object", "breakdown", "window_start", "window_end"),
    values=_AD_METRICS,
    days=("window_start", "window_end"),
    mart="ad_current",
)

_WEB_METRICS = ("web_views", "web_users", "web_sessions", "web_events")

WEB_PAGE = Table(
    "web_page",
    "web page and period, as one export saw it",
    (
        *SOURCE,
        ("property", "VARCHAR", "the web site's property, as the export names it"),
        ("dimension", "VARCHAR", "what a row is: page, title, or another dimension, in the export's words"),
        ("page", "VARCHAR", "the page's address or title"),
        ("period_start", "DATE", "first day of the period"),
        ("period_end", "DATE", "last day of the period"),
        *((key, ANY_METRIC[key].type, ANY_METRIC[key].words) for key in _WEB_METRICS),
    ),
    key=("property", "dimension", "page", "period_start", "period_end"),
    values=_WEB_METRICS,
    days=("period_start", "period_end"),
    mart="web_current",
)

CRIME_MONTH = Table(
    "crime_month",
    "force, month, kind and category of data.police.uk, counted",
    (
        *SOURCE,
        ("force", "VARCHAR", "the force, as the file names it"),
        ("month", "DATE", "first day of the month"),
        ("kind", "VARCHAR", "crime or outcome"),
        ("category", "VARCHAR", "the crime type, or the outcome type"),
        ("records", "BIGINT", "how many rows of the file"),
    ),
    key=("force", "month", "kind", "category"),
    values=("records",),
    days=("month", "last_day(month)"),
    mart="crime_current",
)

SEARCH_DAY = Table(
    "search_day",
    "force, day, object and outcome of stop and searches of data.police.uk, counted",
    (
        *SOURCE,
        ("force", "VARCHAR", "the force, as asked for, since the file does not name it"),
        ("day", "DATE", "the London day"),
        ("object", "VARCHAR", "what was searched for"),
        ("outcome", "VARCHAR", "what came of it"),
        ("records", "BIGINT", "how many rows of the file"),
    ),
    key=("force", "day", "object", "outcome"),
    values=("records",),
    days=("day", "day"),
    mart="search_current",
)

CAMPAIGN = Table(
    "campaign",
    "a campaign, in one version",
    (
        ("campaign", "VARCHAR", "its name, and its identity"),
        ("start_date", "DATE", "first day, null if not known"),
        ("end_date", "DATE", "last day, null if not known"),
        ("date_note", "VARCHAR", "what is known of the dates"),
        ("networks", "VARCHAR", "networks it ran on, as stated"),
        ("note", "VARCHAR", "what a reader must know"),
        ("source", "VARCHAR", "where this was published"),
        *WHO_AND_WHEN,
        ("objective", "VARCHAR", "the first of the five OASIS fields, written before it ran: what it was for"),
        ("audience", "VARCHAR", "audience and insight: whom it was for, and what is known of them"),
        ("strategy", "VARCHAR", "how it was to work"),
        ("implementation", "VARCHAR", "what was to be done, by whom and when"),
        ("scoring", "VARCHAR", "how its success was to be told"),
        ("population", "VARCHAR", "its target audience as a population: who is counted, as in the table population"),
        ("population_area", "VARCHAR", "where they are, as in the table population"),
        ("budget", "DECIMAL(18,2)", "pounds set aside for it, null if not known"),
        ("status", "VARCHAR", "planned, running, ended or retired, null where nobody said"),
        ("baseline", "VARCHAR", "what was so before it ran"),
        ("impact", "VARCHAR", "written after it ran: what changed for people or the organisation, with the evidence"),
        ("also_changed", "VARCHAR", "what else changed meanwhile, without which no part in that can be claimed"),
        ("learning", "VARCHAR", "what is to be done otherwise next time"),
    ),
)

CAMPAIGN_OPERATION = Table(
    "campaign_operation",
    "an operation that a campaign ran alongside, in one version",
    (
        ("campaign", "VARCHAR", "name of the campaign"),
        ("operation", "VARCHAR", "name of the operation"),
        ("area", "VARCHAR", "the operation's force, region or country"),
        ("retired", "BOOLEAN", "no longer said to have run alongside"),
        *WHO_AND_WHEN,
    ),
)

CAMPAIGN_RULE = Table(
    "campaign_rule",
    "a rule that says which posts belong to a campaign, in one version; every condition given must hold",
    (
        ("rule_id", "UUID", "identity"),
        ("campaign", "VARCHAR", "name of the campaign"),
        ("hashtag", "VARCHAR", "a hashtag that the post bears, without the #, null for any"),
        ("words", "VARCHAR", "words that stand one after another in the text, null for any"),
        ("account", "VARCHAR", "identity, name or handle of the account, null for any of our own"),
        ("network", "VARCHAR", "key of the network, null for any"),
        ("date_from", "DATE", "first London day of publication, null for no first"),
        ("date_to", "DATE", "last London day of publication, null for no last"),
        ("retired", "BOOLEAN", "tags no posts any more"),
        *WHO_AND_WHEN,
        ("ad_campaign", "VARCHAR", "words in the name of an advertising campaign: the rule tags advertisements then, and no posts"),
        ("label", "VARCHAR", "a custom label that the post bears, null for any"),
    ),
)

CAMPAIGN_HAND = Table(
    "campaign_hand",
    "what a person decided of one post and one campaign; the latest decision holds, whatever the rules say",
    (
        ("campaign", "VARCHAR", "name of the campaign"),
        ("network", "VARCHAR", "key of the post's network"),
        ("post_key", "VARCHAR", "the post's key, as in the mart post"),
        ("belongs", "BOOLEAN", "true for in, false for out, null to leave it to the rules again"),
        *WHO_AND_WHEN,
    ),
)

OPERATION = Table(
    "operation",
    "an operation, in one version",
    (
        ("operation", "VARCHAR", "its name"),
        ("area", "VARCHAR", "the force, region or country"),
        ("start_date", "DATE", "first day, null if not known"),
        ("end_date", "DATE", "last day, null if not known"),
        ("date_note", "VARCHAR", "what is known of the dates"),
        ("intensification", "BOOLEAN", "whether it is a County Lines Intensification Week"),
        ("note", "VARCHAR", "what a reader must know, not available figures above all"),
        ("source", "VARCHAR", "where this was published"),
        *WHO_AND_WHEN,
    ),
)

FIGURE_RELATION = Table(
    "figure_relation",
    "what a person settled of figures that may count the same twice; the latest settlement holds",
    (
        ("kind", "VARCHAR", "why they were doubted: inside, joint, listed, same count"),
        ("facts", "VARCHAR", "JSON: what each figure is of, whatever its value and source, in a set order"),
        ("settled", "VARCHAR", "inside, beyond, same or separate, null to leave it open again"),
        ("subject", "VARCHAR", "the figures in words, with their values when it was settled"),
        ("note", "VARCHAR", "why"),
        *WHO_AND_WHEN,
    ),
)

PUBLICATION = Table(
    "publication",
    "an entry of the ledger of publications, or a later word on it; the latest row of a number holds",
    (
        ("number", "INTEGER", "1 for the first publication"),
        ("state", "VARCHAR", "published, withdrawn or superseded"),
        ("day", "DATE", "the day that it bears"),
        ("title", "VARCHAR", "its title"),
        ("content", "VARCHAR", "JSON: all that was published, hidden counts as hidden; null in a later word on it"),
        ("sha256", "VARCHAR", "of what was approved"),
        ("upload_id", "UUID", "the import by which figures that were only recorded became published ones, null where none was"),
        ("reason", "VARCHAR", "why it was withdrawn or superseded"),
        ("superseded_by", "INTEGER", "number of the publication that took its place"),
        *WHO_AND_WHEN,
    ),
)

POPULATION = Table(
    "population",
    "a population, in one version",
    (
        ("population", "VARCHAR", "who is counted"),
        ("area", "VARCHAR", "where"),
        ("people", "BIGINT", "how many"),
        ("reference_date", "VARCHAR", "the census or estimate"),
        ("source", "VARCHAR", "where this was published"),
        ("note", "VARCHAR", "what a reader must know"),
        *WHO_AND_WHEN,
    ),
)

MAPPING = Table(
    "mapping",
    "what a person said of the columns of a file that Reach does not know, in one version",
    (
        ("mapping_id", "UUID", "identity; its first eight digits are in the key of the format it makes"),
        ("name", "VARCHAR", "what people call it"),
        ("headings", "VARCHAR", "JSON: the headings of the file it was made with; a file with just these is of it"),
        ("matched", "VARCHAR", "JSON: heading to the field that it is read as; the others are left out"),
        ("row_is", "VARCHAR", "what a row is: post, or day of an account"),
        ("tool", "VARCHAR", "key of the scheduling tool that counted, null for the network itself"),
        ("network", "VARCHAR", "key of the network, null where a column says"),
        ("account", "VARCHAR", "name of the account, null where a column says or it is asked with each file"),
        ("date_order", "VARCHAR", "dmy or mdy"),
        ("zone", "VARCHAR", "the time zone of its clock times"),
        ("reach_is", "VARCHAR", "what its column of reach counts: seen, audience, or unknown, which leaves it out; null without one"),
        ("retired", "BOOLEAN", "no longer used to recognise files; what was imported with it stays"),
        *WHO_AND_WHEN,
    ),
)

EDITION = Table(
    "edition",
    "an edition of a shipped file, loaded or read again",
    (
        ("sha256", "VARCHAR", "of the file's bytes"),
        ("file_name", "VARCHAR", "its name in data/published"),
        ("upload_id", "UUID", "the upload it became, null for curated records"),
        *WHO_AND_WHEN,
    ),
)

REREADING = Table(
    "rereading",
    "a re-reading of the originals that changed something",
    (
        ("uploads_read", "BIGINT", "uploads whose original was read again"),
        ("uploads_replaced", "BIGINT", "those that read differently, whose new reading took their place"),
        ("uploads_left", "BIGINT", "those left as they were, since their original is not kept or cannot be read any more"),
        *WHO_AND_WHEN,
    ),
)

TABLES: tuple[Table, ...] = (
    STORE,
    UPLOAD,
    RETRACTION,
    ORIGINAL,
    PROBLEM,
    ACCOUNT,
    POST_OBSERVATION,
    FIGURE,
    ACCOUNT_DAY,
    AD_RESULT,
    WEB_PAGE,
    CRIME_MONTH,
    SEARCH_DAY,
    CAMPAIGN,
    CAMPAIGN_OPERATION,
    CAMPAIGN_RULE,
    CAMPAIGN_HAND,
    OPERATION,
    FIGURE_RELATION,
    PUBLICATION,
    POPULATION,
    MAPPING,
    EDITION,
    REREADING,
)
TABLE = {table.name: table for table in TABLES}
