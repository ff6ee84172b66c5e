"""Writes the expected file of a golden input from its oracle: ``python tests/golden.py tests/formats/<format>/<input> [key=answer ...]``.

Read what it wrote before you commit it.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import oracles


def main() -> None:
    path = Path(sys.argv[1])
    answers = dict(pair.split("=", 1) for pair in sys.argv[2:])
    oracle = oracles.of_format(path.parent.name)
    assert oracle, f"no oracle covers {path.parent.name}"
    document = {"answers": answers, "tables": [asdict(table) for table in oracle.tables(path, answers)]}
    path.with_suffix(".expected.json").write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
