"""Checksums of the compiled and foreign files in assets/: those that no one edits by hand.

``assets/SHA256SUMS`` has the form that ``sha256sum -c`` reads. ``python -m pipeline.checksums`` writes it anew after
the gazetteer, the shapes, the base map or a browser library was built or replaced.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from errors import DataError
from pipeline.settings import ASSETS

MANIFEST: Final = "SHA256SUMS"
COMPILED: Final = ("gazetteer/*", "regions/*.npz", "basemap/basemap.js", "vendor/**/*")
"""Which files are listed, as patterns below assets/."""


def compiled_files(assets: Path = ASSETS) -> list[Path]:
    """The files that the manifest covers, in order of name; hidden ones belong to version control."""
    found = {path for pattern in COMPILED for path in assets.glob(pattern)}
    return sorted(path for path in found if path.is_file() and not path.name.startswith("."))


def digest(paths: Iterable[Path]) -> str:
    """One sha256 over the names and bytes of files, in the order given."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(path.name.encode() + b"\0" + file_digest(path).encode())
    return whole.hexdigest()


def file_digest(path: Path) -> str:
    """The sha256 of a file.

    :raises DataError: when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DataError(
            "{path} cannot be read ({problem}); install Claim Atlas again.", path=path, problem=error.strerror
        ) from error


def read_manifest(assets: Path = ASSETS) -> Mapping[str, str]:
    """Checksums by path below assets/.

    :raises DataError: when there is no manifest, or a line of it is no checksum and a path.
    """
    path = assets / MANIFEST
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return {name: checksum for checksum, name in (line.split("  ", 1) for line in lines)}
    except (OSError, ValueError) as error:
        raise DataError(
            "{path} is missing or damaged ({problem}); install Claim Atlas again.", path=path, problem=error
        ) from error


def differing(assets: Path = ASSETS) -> list[str]:
    """Paths below assets/ that are missing or not what was shipped, in order of name."""
    listed = read_manifest(assets)
    return [name for name, checksum in sorted(listed.items()) if not _is(assets / name, checksum)]


def _is(path: Path, checksum: str) -> bool:
    return path.is_file() and file_digest(path) == checksum


def write_manifest(assets: Path = ASSETS) -> int:
    """Write the manifest for the files as they are; how many there are."""
    lines = [f"{file_digest(path)}  {path.relative_to(assets).as_posix()}\n" for path in compiled_files(assets)]
    (assets / MANIFEST).write_text("".join(lines), encoding="utf-8", newline="\n")
    return len(lines)


if __name__ == "__main__":
    write_manifest()
