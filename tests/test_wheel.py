"""The wheel holds all that an installed copy needs: it works away from the checkout, without its files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 120


@dataclass(frozen=True)
class Installed:
    wheel: Path
    bin: Path
    elsewhere: Path

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "REACH_", "VIRTUAL_ENV"))}
        return subprocess.run(
            [str(self.bin / command[0]), *command[1:]],
            cwd=self.elsewhere,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=SECONDS)
    (wheel,) = folder.glob("reach-*.whl")
    environment = folder / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True, capture_output=True, timeout=SECONDS)
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, capture_output=True, timeout=SECONDS)
    _lend_packages(python)
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    return Installed(wheel, python.parent, elsewhere)


def _lend_packages(python: Path) -> None:
    """Let the new environment see the packages of this one: no download. A line in a .pth adds the folder, but does
    not read the .pth files in it, so that the checkout, which is installed there as editable, stays out of sight."""
    ask = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    target = subprocess.run(ask, check=True, capture_output=True, text=True, timeout=SECONDS).stdout.strip()
    Path(target, "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")


def test_holds_queries_and_data(installed: Installed) -> None:
    names = zipfile.ZipFile(installed.wheel).namelist()
    for folder in ("queries", "data/published", "data/sample"):
        in_checkout = {
            f"reach/{folder}/{path.relative_to(ROOT / folder).as_posix()}" for path in (ROOT / folder).rglob("*") if path.is_file()
        }
        assert in_checkout <= set(names), folder
    assert "reach/app.py" in names
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_is_not_the_checkout(installed: Installed) -> None:
    where = installed.run("python", "-c", "import reach; print(reach.__file__)")
    assert where.stdout.startswith(str(installed.bin.parent)), where


def test_help(installed: Installed) -> None:
    answer = installed.run("python", "-m", "reach", "--help")
    assert answer.returncode == 0, answer.stderr
    assert "ingest" in answer.stdout


def test_a_new_store_has_the_published_record(installed: Installed, tmp_path: Path) -> None:
    store = tmp_path / "s.duckdb"
    answer = installed.run("reach", "uploads", "--json", "--store", str(store))
    assert answer.returncode == 0, answer.stderr
    uploads = json.loads(answer.stdout)
    assert [(upload["file"], upload["state"]) for upload in uploads] == [("figures.csv", "in force")]
    assert uploads[0]["rows"] > 0
    assert store.is_file()
