"""The original bytes of every imported file, packed into the store and given back."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from .engine import Cursor
from .errors import StoreUnavailable, Usage
from .reading import Reading
from .recognise import Taken
from .redaction import kept_original
from .settings import Settings
from .store import Store
from .workbooks import is_zip_of_sheets

ORIGINAL_PIECE = 16_000_000
WORKBOOK_ENDINGS = (".xls", ".xlsx", ".xlsm", ".xml")


def content(store: Store, sha256: str) -> bytes:
    """The bytes of an imported file as they are kept. Raises :class:`Usage` as :func:`copy_to` does."""
    return b"".join(_pieces(store, sha256))


def saved_as(store: Store, sha256: str, name: str) -> str:
    """What the original is to be saved as: by its own name, unless a workbook is kept as a zip of its sheets."""
    if not name.lower().endswith(WORKBOOK_ENDINGS):
        return name
    with suppress(Usage):  # not kept at all: the download says so
        if is_zip_of_sheets(next(_pieces(store, sha256))):
            return f"{name}.zip"
    return name


def copy_to(store: Store, sha256: str, place: Path) -> None:
    """Writes the bytes of an imported file to ``place``, a piece at a time.

    Raises :class:`Usage` when none of that hash is kept, or what is kept cannot be unpacked.
    """
    with place.open("wb") as copy:
        for piece in _pieces(store, sha256):
            copy.write(piece)


def _pieces(store: Store, sha256: str) -> Iterator[bytes]:
    with store.cursor() as cursor:
        numbers = cursor.execute("select piece_no from original where sha256 = ? order by piece_no", [sha256]).fetchall()
        if not numbers:
            raise Usage("The store keeps no file with these bytes.")
        for (number,) in numbers:
            piece = cursor.execute("select bytes from original where sha256 = ? and piece_no = ?", [sha256, number]).fetchone()
            assert piece
            try:
                yield zstd.decompress(piece[0])
            except zstd.ZstdError:
                raise Usage("The original in the store is damaged.") from None


def is_kept(cursor: Cursor, taken: Taken) -> bool:
    return bool(cursor.execute("select 1 from original where sha256 = ? limit 1", [taken.sha256]).fetchall())


def pack(reading: Reading, settings: Settings) -> list[Path]:
    """The file's bytes as they may be kept, in zstd pieces as files beside it, in order: one at a time is all that is held in memory."""
    taken = reading.recognised.taken
    pieces: list[Path] = []
    with kept_original(reading.recognised, settings).open("rb") as stream:
        while piece := stream.read(ORIGINAL_PIECE):
            pieces.append(taken.path.with_name(f"{taken.path.name}-{len(pieces):06}.zst"))
            try:
                pieces[-1].write_bytes(zstd.compress(piece, level=1))
            except OSError as error:
                words = f"The original cannot be packed ({error.strerror}), so nothing was stored. Free some space and try again."
                raise StoreUnavailable(words) from error
    return pieces


def keep(cursor: Cursor, taken: Taken, pieces: Sequence[Path]) -> None:
    for number, piece in enumerate(pieces):
        cursor.execute("insert into original select ?, ?, content from read_blob(?)", [taken.sha256, number, str(piece)]).fetchall()
        piece.unlink()
