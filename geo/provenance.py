"""Checksums of the compiled gazetteer in assets/SOURCES.toml: what shipped is what was built."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final

from geo.compiler import FILES
from geo.records import SourceError

TABLE: Final = "[gazetteer.compiled.sha256]"


def checksums(folder: Path) -> dict[str, str]:
    """SHA-256 of every compiled file, by name."""
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}


def record(sources: Path, folder: Path) -> None:
    """Rewrite the table of checksums in ``sources`` (TOML) for the files of ``folder``; all else stays as it is."""
    try:
        text = sources.read_text(encoding="utf-8")
    except OSError as error:
        raise SourceError(f"{sources}: cannot be read ({error})") from error
    if TABLE not in text:
        raise SourceError(f"{sources}: has no {TABLE}")
    lines = "".join(f'"{name}" = "{digest}"\n' for name, digest in checksums(folder).items())
    pattern = re.escape(TABLE) + r'\n(?:"[^\n]*\n)*'
    sources.write_text(re.sub(pattern, lambda _: f"{TABLE}\n{lines}", text), encoding="utf-8")
