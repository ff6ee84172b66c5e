"""The dashboard in Chromium: what a reader does with a mouse or a keyboard, and what a browser must never be made to do."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from reach.pages import PAGES

NIGHT, NOON, WINTER = "06/30/2025 23:30", "06/14/2025 04:00", "01/31/2025 20:00"
"""US Pacific, as Meta writes it. The first and the last are on the next day, and in the next month, in London."""
HOSTILE = (
    "![x](http://127.0.0.1:8999/x.png) <img src=http://127.0.0.1:8999/x onerror=alert(1)><script>alert(2)</script> "
    "$\\int$ :material/home:"
)
SCRIPTED = "[a](javascript:alert(3)) <iframe src=http://127.0.0.1:8999/></iframe> <b onmouseover=alert(4)>b</b>"
LEAD = "close to 220,000 and a further 278,000 people reached, alongside 76 arrests"


def export(made: Any, reach: int = 1000) -> bytes:
    """A made-up page's June: three posts."""
    times = {"Open day at Example station": NOON, "Three arrested after a night of action": NIGHT, "Ice on the A6": WINTER}
    posts = [
        made.post(number, Description=words, Reach=reach * number, Views=3 * reach * number, **{"Publish time": when})
        for number, (words, when) in enumerate(times.items(), 1)
    ]
    return made.facebook(*posts)


def drop(page: Page, *files: tuple[str, bytes]) -> None:
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        [{"name": name, "mimeType": "text/csv", "buffer": content} for name, content in files]
    )


def badge(page: Page, words: str) -> Locator:
    """What the card of a dropped file says first."""
    return page.locator(".stMarkdownBadge", has_text=words)


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).first.click()


def bring(page: Page, *files: tuple[str, bytes]) -> None:
    """Imports files through the Upload page, which is open."""
    drop(page, *files)
    press(page, f"Import {len(files)} file{'s' if len(files) > 1 else ''}")
    expect(badge(page, "Imported")).to_have_count(len(files))


def take_out(page: Page, file_name: str) -> None:
    """Undoes the newest upload of that name."""
    history_row(page, file_name).get_by_role("button", name="Undo").click()
    expect(page.get_by_text(f"{file_name}: undone.")).to_be_visible()


def history_row(page: Page, file_name: str) -> Locator:
    row = page.get_by_test_id("stHorizontalBlock").filter(has=page.get_by_role("link", name=file_name, exact=True))
    return row.filter(has=page.get_by_role("button")).last


def lead(page: Page) -> str:
    return page.locator(".reach-lead").inner_text()


def card(page: Page, name: str) -> str:
    return page.locator(".reach-card-label", has_text=name).locator("xpath=following-sibling::p[1]").inner_text()


def marks(page: Page, panel: str) -> Locator:
    """The marks of a panel of the wide chart, ``xy`` above and ``x2y2`` below."""
    return page.locator(f".st-key-wide-chart .subplot.{panel} .points path.point")


def click_mark(page: Page, mark: Locator) -> None:
    """Plotly lays a surface over the marks that takes the mouse, so the click goes to a place, once the mark says that it is under it."""
    said = page.locator(".st-key-wide-chart .hoverlayer .hovertext")
    rest(page)
    page.mouse.move(0, 0)
    mark.scroll_into_view_if_needed()
    expect(said).to_have_count(0)
    x, y = centre(mark)
    page.mouse.move(x, y, steps=3)
    expect(said).to_have_count(1)
    # Plotly looks once more at where the mouse is, 50 ms after it moved, and a press in that moment finds no mark: no hand is so quick.
    page.wait_for_timeout(250)
    page.mouse.click(x, y, delay=30)


def rest(page: Page) -> None:
    """Waits until nothing has run for a while: a panel that was just closed runs the page once more, soon, and draws the chart anew."""
    quiet = 0
    for _ in range(400):
        quiet = quiet + 1 if page.get_by_test_id("stApp").get_attribute("data-test-script-state") == "notRunning" else 0
        if quiet == 10:
            return
        page.wait_for_timeout(100)
    pytest.fail("The page does not come to rest.")


def centre(mark: Locator) -> tuple[float, float]:
    box = mark.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def assert_sound(tab: Any) -> None:
    assert tab.outside == []
    assert tab.complaints == []


# --- opening ------------------------------------------------------------------------------------------------------


def test_upload_page_may_be_the_first_address_ever_asked_for(open_tab, fresh_server):
    tab = open_tab(at=fresh_server)
    page = tab.open("/upload")
    expect(page.get_by_role("heading", name="Upload")).to_be_visible()
    expect(page).to_have_title("Upload - Reach")
    expect(page.get_by_test_id("stTopNavLink")).to_have_text([one.title for one in PAGES if not one.section])
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_be_visible()
    tab.go("Overview")
    assert LEAD in lead(page)
    assert_sound(tab)
    assert "Traceback" not in fresh_server.said()


def test_first_page_shows_the_published_record(tab):
    page = tab.open("/")
    assert LEAD in lead(page)
    assert card(page, "Posts held") == "none yet"
    expect(marks(page, "xy")).to_have_count(3)
    expect(marks(page, "x2y2")).to_have_count(6)
    expect(page.get_by_role("figure")).to_have_count(1)
    assert (page.get_by_role("figure").get_attribute("aria-label") or "").startswith("Two panels on one time axis.")
    expect(page.locator(".st-key-narrow-chart")).to_be_hidden()
    labels = page.locator(".st-key-wide-chart .annotation-text").evaluate_all("all => all.map(one => one.textContent)")
    assert labels.count("not published") == 3
    for value in ("more than 134,000", "close to 220,000", "a further 278,000", "76"):
        assert [label for label in labels if label.startswith(value)], value
    assert_sound(tab)


def test_choice_is_in_the_address_and_comes_back_with_it(tab):
    page = tab.open("/")
    page.get_by_role("combobox", name="Lower panel").click()
    page.get_by_role("option", name="Warrants", exact=True).click()
    expect(page.locator(".reach-lead")).to_contain_text("alongside 41 warrants")
    assert "results=Warrants" in page.url
    page.reload()
    tab.settled()
    assert "alongside 41 warrants" in lead(page)


def test_address_restores_what_is_on_screen_after_a_change_of_area(tab):
    page = tab.open("/")
    title = page.locator(".reach-title").first
    for label, option, said in (
        ("Lower panel", "Warrants", "warrants for six"),
        ("Area", "UK (NCA/NPCC)", "Two weeks have a figure for arrests"),
        ("Area", "Leicestershire Police", "arrests for six"),
    ):
        page.get_by_role("combobox", name=label).click()
        page.get_by_role("option", name=option, exact=True).click()
        expect(title).to_contain_text(said)
        tab.settled()
    assert "results=" not in page.url
    page.reload()
    tab.settled()
    expect(title).to_contain_text("arrests for six")


def test_back_and_forward_walk_through_the_pages(tab):
    page = tab.open("/")
    tab.go("Posts")
    tab.go("Sources")
    page.go_back()
    expect(page.get_by_role("heading", name="Posts", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Reach and results")).to_be_visible()
    assert LEAD in lead(tab.settled())
    page.go_forward()
    expect(page.get_by_role("heading", name="Posts", exact=True)).to_be_visible()
    assert_sound(tab)


# --- a file's way in and out --------------------------------------------------------------------------------------


def test_import_undo_and_redo(tab, made):
    before = lead(tab.open("/"))
    page = tab.go("Upload")
    drop(page, ("june.csv", export(made)))
    expect(badge(page, "Ready")).to_be_visible()
    expect(page.get_by_text("3 rows: 3 kept, 0 skipped, 0 set aside")).to_be_visible()
    expect(page.get_by_text("nothing held → 3,000", exact=True)).to_be_visible()
    press(page, "Import 1 file")
    expect(badge(page, "Imported")).to_be_visible()

    page = tab.go("Posts")
    expect(page.get_by_text("3 posts. Highest reach of one post: 3,000 accounts")).to_be_visible()
    page = tab.open("/")
    assert lead(page) == before, "posts do not change what was published"
    assert card(page, "Posts held") == "3"
    expect(marks(page, "xy")).to_have_count(3 + 3)
    expect(page.get_by_text("1 February to 1 July 2025", exact=False).first).to_be_visible()

    page = tab.go("Upload")
    take_out(page, "june.csv")
    page = tab.open("/")
    assert card(page, "Posts held") == "none yet"
    expect(marks(page, "xy")).to_have_count(3)

    page = tab.go("Upload")
    history_row(page, "june.csv").get_by_role("button", name="Redo").click()
    expect(page.get_by_text("june.csv: in force again.")).to_be_visible()
    page = tab.go("Overview")
    assert card(page, "Posts held") == "3"
    page = tab.go("Upload")
    take_out(page, "june.csv")
    assert_sound(tab)


def test_refused_file_beside_a_good_one(tab, made):
    page = tab.open("/upload")
    drop(page, ("holiday.csv", b"Name,Colour\nAda,red\n"), ("good.csv", export(made, reach=7)))
    expect(badge(page, "Refused")).to_be_visible()
    expect(badge(page, "Ready")).to_be_visible()
    press(page, "Import 1 file")
    expect(badge(page, "Imported")).to_be_visible()
    expect(badge(page, "Refused")).to_be_visible()
    take_out(page, "good.csv")
    assert_sound(tab)


def test_reload_in_the_middle_of_an_upload_keeps_the_store_whole(tab, made, server):
    page = tab.open("/upload")
    drop(page, ("half.csv", export(made, reach=11)))
    expect(page.get_by_role("button", name="Import 1 file")).to_be_visible()
    page.reload()
    page = tab.settled()
    expect(page.get_by_role("button", name="Import 1 file")).to_have_count(0)
    expect(page.get_by_role("link", name="half.csv")).to_have_count(0)
    # Once more, this time while the import runs.
    drop(page, ("half.csv", export(made, reach=11)))
    button = page.get_by_role("button", name="Import 1 file")
    expect(button).to_be_visible()
    button.click(no_wait_after=True)
    page.reload()
    page = tab.settled()
    assert server.answers()
    # The import may have been cut off before it began, or still be at work: it is waited for, and only then done again.
    for _ in range(4):
        if page.get_by_role("link", name="half.csv").count():
            break
        page.wait_for_timeout(1000)
        page.reload()
        tab.settled()
    else:
        bring(page, ("half.csv", export(made, reach=11)))
        page.reload()
        tab.settled()
    expect(page.get_by_role("link", name="half.csv")).to_have_count(1)
    page = tab.go("Posts")
    expect(page.get_by_text("3 posts. Highest reach of one post: 33 accounts")).to_be_visible()
    page = tab.go("Upload")
    take_out(page, "half.csv")
    assert "Traceback" not in server.said()


def test_import_in_one_tab_shows_in_the_other(open_tab, made):
    reader, uploader = open_tab(), open_tab()
    page = reader.open("/")
    assert card(page, "Posts held") == "none yet"
    bring(uploader.open("/upload"), ("other.csv", export(made, reach=13)))
    page.get_by_role("radio", name="Table").or_(page.get_by_role("button", name="Table")).first.click()
    expect(page.locator(".reach-card-value", has_text=re.compile("^3$"))).to_be_visible()
    reader.go("Posts")
    expect(page.get_by_text("3 posts. Highest reach of one post: 39 accounts")).to_be_visible()
    take_out(uploader.page, "other.csv")
    reader.go("Overview")
    assert card(page, "Posts held") == "none yet"
    assert_sound(reader)
    assert_sound(uploader)


# --- from a number to its source -----------------------------------------------------------------------------------


def test_mark_opens_its_source(tab):
    page = tab.open("/")
    click_mark(page, marks(page, "xy").first)
    dialog = page.get_by_role("dialog")
    for words in ("Where this number comes from", "more than 134,000 people", "#KnowTheSigns week", "figures.csv, record 1"):
        expect(dialog.get_by_text(words).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    click_mark(page, marks(page, "x2y2").nth(4))
    expect(dialog.get_by_text("arrested 76 people")).to_be_visible()
    dialog.get_by_role("link", name="Open it on the Sources page").click()
    expect(page).to_have_title("Sources - Reach")
    expect(tab.settled().get_by_text("arrested 76 people").first).to_be_visible()
    assert_sound(tab)


def test_same_mark_opens_its_source_again(tab):
    page = tab.open("/")
    dialog = page.get_by_role("dialog")
    for _ in range(2):
        click_mark(page, marks(page, "xy").first)
        expect(dialog).to_be_visible()
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)


def test_zoom_goes_back_by_its_button(tab):
    page = tab.open("/")
    chart = page.locator(".st-key-wide-chart")
    chart.scroll_into_view_if_needed()
    expect(marks(page, "x2y2")).to_have_count(6)
    ticks = chart.locator(".xtick")
    whole = ticks.evaluate_all("all => all.map(one => one.textContent)")
    surface = chart.locator(".nsewdrag").first.bounding_box()
    assert surface
    for share, act in ((0.5, page.mouse.down), (0.7, page.mouse.up)):
        page.mouse.move(surface["x"] + surface["width"] * share, surface["y"] + 30, steps=4)
        act()
    expect(ticks).not_to_have_text(whole)
    expect(page.get_by_text("Double-click")).to_have_count(0)
    chart.get_by_role("button", name="Reset axes").click()
    expect(ticks).to_have_text(whole)


# --- text from outside ---------------------------------------------------------------------------------------------


def test_hostile_text_asks_nothing_and_runs_nothing(tab, made):
    name = "![x](http:··127.0.0.1:8999) <img src=x onerror=alert(5)> $\\int$ :material-home:.csv"
    post = made.post(1, Reach=10, Views=20, Description=HOSTILE, Permalink="javascript:alert(6)", **{"Page name": SCRIPTED})
    aside = made.post(2, Reach=HOSTILE, Description=SCRIPTED)
    texts = {**dict.fromkeys(("operation", "source", "date_note", "note"), SCRIPTED), "campaign": HOSTILE, "published_wording": HOSTILE}
    figure = {**texts, "area": HOSTILE, "value_low": 5, "value_high": 5}
    home = {**figure, "area": "Leicestershire Police"}
    undated = {"start_date": "", "end_date": ""}
    figures = made.figures(figure, home, {**home, **undated}, {**home, "measure": "campaign_reach"})

    page = tab.open("/upload")
    drop(page, (name, made.facebook(post, aside)), ("hostile.csv", figures))
    expect(badge(page, "Ready")).to_have_count(2)
    assert_inert(tab)
    press(page, "Import 2 files")
    expect(badge(page, "Imported")).to_have_count(2)
    page.get_by_role("button", name="Undo").first.hover()
    assert_inert(tab)

    page = tab.open("/")
    sources = page.locator(".reach-table a", has_text="Source").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert_inert(tab)
    for mark in (marks(page, "xy").last, marks(page, "x2y2").last):
        click_mark(page, mark)
        expect(page.get_by_role("dialog")).to_be_visible()
        assert_inert(tab)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    asked = ("/?timeline-shape=Table", f"/?area={quote(HOSTILE)}", f"/?campaign={quote(HOSTILE)}")
    for path in (*asked, *sources):
        page = tab.open(path)
        if "Table" in path:
            expect(page.locator(".reach-table", has_text="Published wording")).to_contain_text("<script>alert(2)</script>")
        assert_inert(tab)
    for one in PAGES:
        tab.go(one.title)
        assert_inert(tab)
    page = tab.open(sources[-1])
    page.get_by_role("link", name="The file it comes from").click()
    expect(tab.settled().get_by_text("Fingerprint (sha256)")).to_be_visible()
    assert_inert(tab)
    tab.open("/sources")
    for words in ("Published figures", "Who did what"):
        page.get_by_role("tab", name=words).click()
        assert_inert(tab)

    page = tab.open("/upload")
    history_row(page, "hostile.csv").get_by_role("button", name="Undo").click()
    # A published figure of reach would be gone, so the page asks first.
    expect(page.get_by_text("Undoing this would change what the Claims page says")).to_be_visible()
    assert_inert(tab)
    press(page, "Undo it all the same")
    expect(page.get_by_text("hostile.csv: undone.")).to_be_visible()
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_role("button", name="Redo")).not_to_have_count(0)
    assert_inert(tab)


FOREIGN = """() => [...document.querySelectorAll('*')].filter(one =>
    (one.tagName === 'IMG' && !/^(data:|blob:|\\/|http:\\/\\/127\\.0\\.0\\.1:\\d+\\/(static|media))/.test(one.getAttribute('src') || ''))
    || (one.tagName === 'IFRAME') || (one.tagName === 'SCRIPT' && /alert/.test(one.textContent))
    || [...one.attributes].some(mark => mark.name.startsWith('on') || /^\\s*javascript:/i.test(mark.value))
    || one.classList.contains('katex') || (one.tagName === 'A' && one.port === '8999')
).map(one => one.outerHTML.slice(0, 200))"""


def assert_inert(tab: Any) -> None:
    assert tab.page.evaluate(FOREIGN) == []
    assert_sound(tab)


# --- phone and keyboard ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/posts", "/more", "/upload", "/sources"])
def test_phone_scrolls_down_only(open_tab, made, path):
    tab = open_tab(width=390, height=844)
    page = tab.open(path)
    for place in ("html", "body", "[data-testid=stMain]"):
        assert page.locator(place).first.evaluate("one => one.scrollWidth") <= 390, place
    if path == "/":
        expect(page.locator(".st-key-narrow-chart")).to_be_visible()
        expect(page.locator(".st-key-wide-chart")).to_be_hidden()
    assert_sound(tab)


def test_phone_shows_the_answer_first_and_unfolds_the_pickers(open_tab):
    tab = open_tab(width=390, height=844)
    page = tab.open("/")
    area = page.get_by_role("combobox", name="Area")
    expect(area).to_be_hidden()
    page.get_by_text("Choose what is shown").click()
    expect(area).to_be_visible()
    page.get_by_role("combobox", name="Lower panel").click()
    page.get_by_role("option", name="Warrants", exact=True).click()
    expect(page.locator(".reach-lead")).to_contain_text("alongside 41 warrants")
    expect(area).to_be_visible()  # it stays open for the next choice
    desk = open_tab().open("/")
    expect(desk.get_by_role("combobox", name="Area")).to_be_visible()
    expect(desk.get_by_text("Choose what is shown")).to_be_hidden()
    assert_sound(tab)


def test_long_file_name_stays_on_the_phone(open_tab):
    tab = open_tab(width=390, height=844)
    page = tab.open("/upload")
    drop(page, ("daily_tweet_activity_metrics_20210701_20210801_exampleconstabulary.csv", b"Name,Colour\nAda,red\n"))
    expect(badge(page, "Refused")).to_be_visible()
    reaches = page.locator(".reach-small", has_text="daily_tweet").evaluate_all("all => all.map(one => one.scrollWidth - one.clientWidth)")
    assert max(reaches) <= 0


def test_table_is_reached_and_chosen_with_the_keyboard(tab):
    page = tab.open("/")
    expect(marks(page, "x2y2").first).to_be_attached()  # a page still drawing takes the focus away
    tab.settled()
    page.get_by_role("button", name="More filters").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("() => ['Chart', 'Table'].includes(document.activeElement.textContent.trim())"):
            break
    else:
        pytest.fail("twelve times Tab after the filters does not reach the switch")
    if page.evaluate("() => document.activeElement.textContent.trim()") == "Chart":
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    table = page.locator(".reach-table table").first
    expect(table).to_contain_text("more than 134,000")
    assert table.evaluate("table => [...table.querySelectorAll('thead th')].every(head => head.scope === 'col')")
    expect(page.locator(".st-key-wide-chart")).to_have_count(0)
    assert_sound(tab)
