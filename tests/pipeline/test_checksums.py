"""Checksums: a compiled file that changed or went missing is noticed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from errors import DataError
from pipeline.checksums import COMPILED, compiled_files, differing, read_manifest, write_manifest
from pipeline.settings import ASSETS


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    for name in ("gazetteer/names", "gazetteer/.hidden", "regions/s.npz", "regions/table.tsv", "vendor/a/b.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    write_manifest(tmp_path)
    return tmp_path


def test_the_manifest_covers_what_no_one_edits(assets: Path) -> None:
    assert list(read_manifest(assets)) == ["gazetteer/names", "regions/s.npz", "vendor/a/b.js"]
    assert differing(assets) == []


def test_a_changed_and_a_missing_file_are_named(assets: Path) -> None:
    (assets / "gazetteer/names").write_text("other")
    shutil.rmtree(assets / "vendor")
    assert differing(assets) == ["gazetteer/names", "vendor/a/b.js"]


@pytest.mark.parametrize("content", [None, "nonsense\n"])
def test_a_missing_or_damaged_manifest_is_no_traceback(assets: Path, content: str | None) -> None:
    (assets / "SHA256SUMS").unlink()
    if content:
        (assets / "SHA256SUMS").write_text(content)
    with pytest.raises(DataError, match="install Claim Atlas again"):
        differing(assets)


def test_what_ships_is_listed_as_it_is() -> None:
    listed = [path.relative_to(ASSETS).as_posix() for path in compiled_files()]
    assert all(any(name.startswith(pattern.split("/")[0]) for name in listed) for pattern in COMPILED)
    assert list(read_manifest()) == listed
    assert differing() == [], "assets were rebuilt: run `python -m pipeline.checksums`"
