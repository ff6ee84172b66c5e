"""What Meta Business Suite exports: which file is what, what is declined and why, what is asked and remarked."""

from contextlib import closing
from pathlib import Path

import pytest

from reach import candidates, settings, uploads
from reach.candidates import Candidate
from reach.formats import all_formats, normalised
from reach.formats._meta_cards import CARDS
from reach.reading import Answers
from reach.store import Store

HERE = Path(__file__).parent
SAMPLES = HERE.parent.parent / "shared" / "samples"
US = Answers(network="facebook", account="Example Constabulary")


@pytest.fixture
def known(tmp_path: Path) -> settings.Settings:
    return settings.load(tmp_path / "none.duckdb")


def checked(text: str | bytes, folder: Path, known: settings.Settings, answers: Answers = US) -> list[Candidate]:
    path = folder / "card.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-16"))
    return candidates.check(path, "card.csv", folder, known, None, answers)


ROW = '"2025-01-01T01:00:00","5"\n'
AUDIENCE_WIDE = 'sep=,\n"Age & gender"\n"","Men","Women"\n"18-24","5.1","4"\n\n"Top cities"\n"Example, England","Sample"\n"40.2","3"\n'
AUDIENCE_LONG = (
    'sep=,\n"Seguidores do Instagram"\n"IG_ACCOUNT,FOLLOW,UNIQUE_USERS"\n"4940"\n\n"Seguidores do Instagram por gênero e idade"\n'
    '"Idade","Mulheres","Homens"\n"18-24","12,2%","23,9%"\n\n"Seguidores do Instagram pelas principais cidades"\n\n\n'
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (AUDIENCE_WIDE, "Audience card"),
        (AUDIENCE_WIDE.replace("sep=,\n", "").replace('"', "").replace(",", ";"), "Audience card"),
        (AUDIENCE_LONG, "Audience card"),
        (AUDIENCE_LONG.replace('"', "").replace(",", "\t"), "Audience card"),
        ('sep=,\n"Top countries"\n"United Kingdom","Ireland"\n"91.5","2"\n', "Audience card"),
        ('sep=,\n"Facebook followers"\n"FB_PAGE,FOLLOW,UNIQUE_USERS"\n"0"\n', "Audience card"),
        ('sep=,\n"Published content"\n"Reels","Photos"\n"46","30"\n', "Top content formats"),
        ('sep=,\n"Conteúdo publicado"\n"Stories","Publicações"\n"3","4"\n', "Top content formats"),
        ('sep=,\n"Published content"\n"Photos"\n"12"\n', "Top content formats"),
        ("Content interactions;;\nReels;Multi-photo;Others\n3;4;5\n", "Top content formats"),
        ('"Date","Primary"\n' + ROW, "Only the line above Date"),
        ('Date","Primary"\n' + ROW, "Only the line above Date"),
        ('sep=,\n"Date","Primary"\n' + ROW, "Only the line above Date"),
        ("Data;Primary\n2025-01-01T00:00:00;5\n", "Only the line above Date"),
        ('"Date","Facebook reach"\n' + ROW, "Only the line above Date"),
        (ROW + ROW.replace("01-01", "01-02"), "Only the line above Date"),
        ('sep=,\n"Copertura di Facebook"\n"Data","Primary"\n' + ROW, "in words that Reach does not know"),
        ('sep=,\n"Net follows"\n"Date","Primary"\n' + ROW, "Export the card again"),
    ],
)
def test_declined_by_name(text: str, reason: str, tmp_path: Path, known: settings.Settings) -> None:
    for data in (text.encode("utf-16"), text.encode("utf-8-sig"), text.replace("\n", "\r\n").encode("utf-16-be")):
        (found,) = checked(data, tmp_path, known)
        assert found.status == "refused"
        assert found.declined
        assert reason in found.message


@pytest.mark.parametrize(
    ("sample", "reason"),
    [
        ("mbs_audience_2023_tanya.csv", "Audience card"),
        ("mbs_top_content_formats_fb_2025_vintage_semicolon.csv", "Top content formats"),
    ],
)
def test_samples_declined_by_name(sample: str, reason: str, tmp_path: Path, known: settings.Settings) -> None:
    path = SAMPLES / "meta_overview" / sample
    if not path.is_file():
        pytest.skip("the folder of real exports is not at hand")
    (found,) = checked(path.read_bytes(), tmp_path, known)
    assert found.declined
    assert reason in found.message


@pytest.mark.parametrize("title", [title for card in CARDS for title in (*card.seen, *card.sure)])
def test_every_title_is_read_as_its_metric(title: str, tmp_path: Path, known: settings.Settings) -> None:
    card = next(one for one in CARDS if title in (*one.seen, *one.sure))
    (found,) = checked(f'sep=,\n"{title}"\n"Date","Primary"\n{ROW}', tmp_path, known, Answers(account="Example"))
    if card.network:
        assert found.status == "ready"
    else:
        assert [one.key for one in found.questions] == ["network"]
        assert "Known: facebook, instagram." in found.message
        (found,) = checked(f'sep=,\n"{title}"\n"Date","Primary"\n{ROW}', tmp_path, known)
    assert found.reading
    assert found.reading.network == (card.network or "facebook")
    assert found.reading.control_totals == {card.metric: 5}
    assert str(found.period[0]) == "2025-01-01"


def test_no_title_is_of_two_cards() -> None:
    titles = [title for card in CARDS for title in {normalised(title) for title in (*card.seen, *card.sure)}]
    assert len(titles) == len(set(titles))


def test_a_network_that_is_none_of_metas_is_asked_again(tmp_path: Path, known: settings.Settings) -> None:
    (found,) = checked(f'sep=,\n"Views"\n"Date","Primary"\n{ROW}', tmp_path, known, Answers(network="x", account="Example"))
    assert found.status == "needs"
    assert "'x' is no network of this export" in found.message


def test_dates_of_which_none_tells_the_order_are_asked_about(tmp_path: Path, known: settings.Settings) -> None:
    (found,) = checked("Views;\nDate;Primary\n01/02/2025 0:00;5\n", tmp_path, known)
    assert [one.key for one in found.questions] == ["date_order"]


def test_a_card_without_rows_is_refused(tmp_path: Path, known: settings.Settings) -> None:
    (found,) = checked('sep=,\n"Facebook reach"\n"Date","Primary"\n\n\n', tmp_path, known)
    assert found.status == "refused"
    assert "no rows" in found.message


def views(days: int, rest: str) -> str:
    first = "".join(f'"2025-01-{day:02}T00:00:00","0"\n' for day in range(1, days + 1))
    return f'sep=,\n"Views"\n"Date","Primary"\n{first}{rest}'


@pytest.mark.parametrize(
    ("days", "rest", "said"),
    [
        (28, '"2025-01-29T00:00:00","7"\n', "Views is 0 on the first 28 days, to 28 January 2025."),
        (30, "", "Views is 0 on the first 30 days, to 30 January 2025."),
        (27, '"2025-01-28T00:00:00","7"\n"2025-01-29T00:00:00","0"\n', None),
    ],
)
def test_zeros_before_a_metric_was_counted_are_kept_and_said(
    days: int, rest: str, said: str | None, tmp_path: Path, known: settings.Settings
) -> None:
    (found,) = checked(views(days, rest), tmp_path, known)
    assert found.reading
    assert found.reading.kept == days + rest.count("\n")
    remarks = [note for note in found.reading.notes if "prints 0" in note]
    assert [note.startswith(said or "") for note in remarks] == ([True] if said else [])


def test_zeros_of_reach_are_nothing_to_remark_on(tmp_path: Path, known: settings.Settings) -> None:
    (found,) = checked(views(30, "").replace("Views", "Facebook reach"), tmp_path, known)
    assert found.reading
    assert found.reading.notes == ()


# Posts, stories, videos -----------------------------------------------------------------------------------

CONTENT = sorted(
    path
    for key in ("facebook_posts", "instagram_posts", "instagram_stories", "facebook_videos")
    for path in HERE.glob(f"formats/{key}/*.csv")
)


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_one_format_fits(path: Path, tmp_path: Path, known: settings.Settings) -> None:
    found = candidates.check(path, path.name, tmp_path, known, None)
    assert [one.reading.format.key for one in found if one.reading] == [path.parent.name]


def test_posts_with_a_video_asset_are_posts(tmp_path: Path, known: settings.Settings) -> None:
    heading = "Post ID,Video asset ID,Page ID,Page name,Publish time,Permalink,Date,Reach\n"
    row = "122100000000000001,990011223344556,100064000000123,Example,02/27/2025 09:30,https://example.org/1,Lifetime,5\n"
    (found,) = checked((heading + row).encode(), tmp_path, known, Answers())
    assert found.reading
    assert found.reading.format.key == "facebook_posts"


def test_videos_stand_beside_posts_and_are_never_counted_with_them(tmp_path: Path, known: settings.Settings) -> None:
    post = HERE / "formats" / "facebook_posts" / "portuguese.csv"
    video = HERE / "formats" / "facebook_videos" / "english.csv"
    with closing(Store(known)) as held:
        for path, ours in ((post, ("100064000000123",)), (video, ("100064000000123",))):
            (found,) = candidates.check(path, path.name, held.folder, known, held, Answers(ours=ours))
            assert uploads.commit(held, found).status == "imported"
        counted = {row["network"]: row for row in held.rows("pages/held")}
        assert {network: row["posts"] for network, row in counted.items()} == {"facebook": 2, "video_facebook": 3}
        assert "reach" in counted["video_facebook"]["metrics"]
        with held.cursor() as cursor:
            keys = cursor.execute("select post_key from post where network = 'video_facebook' order by 1").fetchall()
        assert keys == [("video:1203344556677881",), ("video:2203344556677882",), ("video:990011223344556",)]


def test_declined_formats_say_what_to_export() -> None:
    declined = [known for known in all_formats() if known.key.startswith("meta_") and known.declined]
    assert len(declined) == 3
    assert all("xport" in known.declined for known in declined)
