"""The shipped record: loaded once, undone for good, and replaced by its next edition, with a source like any upload."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from reach import editions, originals, settings, store, uploads


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch) -> Path:
    """A copy of what ships, to change; editions are loaded from there."""
    real = settings.shipped("data/published")
    copy = tmp_path / "published"
    shutil.copytree(real, copy)
    monkeypatch.setattr(editions, "shipped", lambda folder: copy if folder == "data/published" else settings.shipped(folder))
    return copy


@pytest.fixture
def known(tmp_path: Path):
    yield settings.load(tmp_path / "reach.duckdb")
    store.close()


def opened(known):
    store.close()
    return editions.opened(known)


def shown(held) -> list[dict]:
    return sorted(held.rows("marts/figure_current"), key=lambda row: row["figure_id"])


def of_edition(held) -> list[dict]:
    return [row for row in held.rows("pages/uploads") if row["file_name"] == "figures.csv"]


def test_first_start_shows_the_whole_record(known, shipped):
    held = opened(known)
    with (shipped / "figures.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    (upload,) = of_edition(held)
    assert (upload["rows_read"], upload["rows_kept"], upload["rows_set_aside"], upload["rows_skipped"]) == (len(rows), len(rows), 0, 0)
    assert len(shown(held)) == len(rows)


def test_every_figure_leads_to_its_row(known, shipped):
    """Provenance: the record number of a figure finds the line of the file that states it, and the file is kept."""
    held = opened(known)
    (upload,) = of_edition(held)
    text = originals.content(held, upload["sha256"]).decode("utf-8")
    assert text == (shipped / "figures.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    for figure in shown(held):
        row = rows[figure["record_no"] - 1]
        assert (row["measure"], row["area"], row["source"], row["published_wording"]) == (
            figure["measure"],
            figure["area"],
            figure["source"],
            figure["published_wording"],
        )
        assert str(figure["upload_id"]) == str(upload["upload_id"])
        for bound in ("value_low", "value_high"):
            assert (float(row[bound]) if row[bound] else None) == (None if figure[bound] is None else float(figure[bound]))


def test_starting_again_loads_nothing_twice(known, shipped):
    before = shown(opened(known))
    held = opened(known)
    assert len(of_edition(held)) == 1
    assert shown(held) == before
    with held.cursor() as cursor:
        assert cursor.execute("select file_name, count(*) from edition group by 1 order by 1").fetchall() == [
            (path.name, 1) for path in sorted(shipped.glob("*.csv"))
        ]


def test_record_that_was_undone_stays_undone(known, shipped):
    held = opened(known)
    (upload,) = of_edition(held)
    uploads.undo(held, str(upload["upload_id"]))
    held = opened(known)
    assert shown(held) == []
    assert [row["state"] for row in of_edition(held)] == ["undone"]


def test_changed_edition_takes_the_place_of_the_old_one(known, shipped):
    before = shown(opened(known))
    figures = shipped / "figures.csv"
    lines = figures.read_text(encoding="utf-8").splitlines(keepends=True)
    figures.write_text("".join(lines[:-1]), encoding="utf-8")
    held = opened(known)
    assert [row["state"] for row in of_edition(held)] == ["in force", "undone"]
    assert len(shown(held)) == len(before) - 1
    assert len(shown(opened(known))) == len(before) - 1


def test_older_edition_after_a_newer_one_is_not_loaded_again(known, shipped):
    """An older Reach on the same store leaves the newer record in force."""
    figures = shipped / "figures.csv"
    old = figures.read_bytes()
    opened(known)
    figures.write_bytes(b"".join(old.splitlines(keepends=True)[:-1]))
    newer = shown(opened(known))
    figures.write_bytes(old)
    assert shown(opened(known)) == newer


def test_new_edition_of_a_record_that_was_undone_stays_out(known, shipped):
    held = opened(known)
    uploads.undo(held, str(of_edition(held)[0]["upload_id"]), by="a person", reason="we show our own figures only")
    figures = shipped / "figures.csv"
    figures.write_bytes(b"".join(figures.read_bytes().splitlines(keepends=True)[:-1]))
    assert shown(opened(known)) == []


def test_edition_after_one_that_was_refused(known, shipped):
    """A damaged installation must not lock people out for good once it is repaired."""
    figures = shipped / "figures.csv"
    whole = figures.read_bytes()
    figures.write_bytes(b"damaged\n")
    opened(known)
    figures.write_bytes(whole)
    assert len(shown(opened(known))) == len(whole.splitlines()) - 1


def test_sample_is_loaded_labelled_and_taken_out_again(known, shipped):
    held = opened(known)
    before = (held.rows("marts/post"), shown(held))
    editions.load_sample(held)
    assert editions.sample_loaded(held)
    files = len(list(settings.shipped("data/sample").glob("*.csv")))
    assert sum(row["sample"] for row in held.rows("pages/uploads")) == files
    assert any(row["sample"] for row in shown(held))
    assert len(held.rows("marts/post")) > 0
    assert all("nothing to do" in words for words in editions.load_sample(held))
    assert len(editions.remove_sample(held)) == files
    assert not editions.sample_loaded(held)
    assert (held.rows("marts/post"), shown(held)) == before
    assert editions.remove_sample(held) == []
    assert sum("rows kept" in words for words in editions.load_sample(held)) == files
