"""Matching the columns of an unknown file with the keyboard alone, on a phone: what only a browser can tell."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from test_dashboard import assert_inert, badge, drop

FILE = (
    b"Date,Network,Account,Caption,Reach,Impressions\n"
    b'13/04/2026 09:30,Facebook,Example Police,"![x](http://127.0.0.1:8999/x.png) <script>alert(1)</script>",900,1200\n'
)


def choose(page: Page, label: str, option: str) -> None:
    """Focuses a box, types and presses Enter, as a person without a mouse would."""
    page.get_by_role("combobox", name=re.compile(label)).focus()
    page.keyboard.type(option)
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name=re.compile(label))).to_have_value(option)


def test_columns_are_matched_with_the_keyboard_on_a_phone(open_tab):
    tab = open_tab(width=390, height=844)
    page = tab.open("/upload")
    drop(page, ("orlo.csv", FILE))
    page.get_by_role("button", name="Match its columns").focus()
    page.keyboard.press("Enter")
    choose(page, "Who counted these numbers", "Buffer")
    # What reach counts is asked anew once the tool is known, and whoever was on the old question would lose their place.
    expect(page.get_by_text("Say who counted these numbers.")).to_have_count(0)
    seen = page.get_by_role("radio", name="People or accounts who saw it")
    seen.focus()
    expect(seen).to_be_focused()
    page.keyboard.press("Space")
    expect(seen).to_be_checked()
    expect(page.get_by_text("1 row: 1 kept")).to_be_visible()
    for place in ("html", "body", "[data-testid=stMain]"):
        assert page.locator(place).first.evaluate("one => one.scrollWidth") <= 390, place
    assert_inert(tab)
    page.get_by_label("Name of the mapping").focus()
    page.keyboard.type("Buffer posts")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save the mapping")).to_be_focused()
    # Leaving the box sent its name; whoever presses the button looks at the page first.
    tab.settled()
    page.keyboard.press("Enter")
    expect(badge(page, "Ready")).to_be_visible()
    expect(page.get_by_text("The mapping 'Buffer posts' is kept.")).to_be_visible()
    assert_inert(tab)
