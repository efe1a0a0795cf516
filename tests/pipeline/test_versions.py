"""What a report is read with: hashes that change exactly when the claims found may."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from errors import DataError
from extract import nlp
from pipeline import versions
from pipeline.settings import Settings
from store.records import ReadingRow

ROOT = Path(__file__).parents[2]


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The project's code and small tables, to be changed."""
    for room in ("extract", "geo", "pipeline"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("actors", "regions"):
        shutil.copytree(ROOT / "assets" / folder, tmp_path / "assets" / folder)
    shutil.copy(ROOT / "assets" / "SHA256SUMS", tmp_path / "assets")
    monkeypatch.setattr(versions, "_ROOT", tmp_path)
    monkeypatch.setattr(versions, "ASSETS", tmp_path / "assets")
    manifest = versions.read_manifest
    monkeypatch.setattr(versions, "read_manifest", lambda: manifest(tmp_path / "assets"))
    versions.reading_with.cache_clear()
    yield tmp_path
    versions.reading_with.cache_clear()


def now() -> ReadingRow:
    versions.reading_with.cache_clear()
    return versions.reading_with(None, "un")


def differing(one: ReadingRow, other: ReadingRow) -> set[str]:
    return {name for name in ReadingRow.__dataclass_fields__ if getattr(one, name) != getattr(other, name)}


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        ("extract/counts.py", {"extractor"}),
        ("extract/lexicon/en/cues.tsv", {"extractor"}),
        ("pipeline/as_rows.py", {"extractor"}),
        ("geo/resolve.py", {"gazetteer"}),
        ("assets/regions/directions.tsv", {"gazetteer"}),
        ("assets/actors/people.tsv", {"knowledge"}),
        ("extract/reading/pdf.py", set()),
        ("geo/build.py", set()),
        ("geo/geocoders/online.py", set()),
        ("pipeline/batch.py", set()),
    ],
)
def test_a_hash_changes_with_what_it_stands_for_and_with_nothing_else(copy: Path, path: str, changed: set[str]) -> None:
    before = now()
    with (copy / path).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert differing(before, now()) == changed


def test_a_new_module_and_a_rebuilt_gazetteer_count(copy: Path) -> None:
    before = now()
    (copy / "extract" / "news.py").write_text("")
    manifest = copy / "assets" / "SHA256SUMS"
    manifest.write_text(manifest.read_text().replace("  gazetteer/senses.npy", "0  gazetteer/senses.npy"))
    assert differing(before, now()) == {"extractor", "gazetteer"}


def test_a_rebuilt_base_map_changes_no_claim(copy: Path) -> None:
    before = now()
    manifest = copy / "assets" / "SHA256SUMS"
    manifest.write_text(manifest.read_text().replace("  basemap/", "0  basemap/").replace("  vendor/", "0  vendor/"))
    assert differing(before, now()) == set()


def test_the_view_of_borders_is_part_of_the_gazetteers_version() -> None:
    un, de_facto = versions.reading_with(None, "un"), versions.reading_with(None, "de_facto")
    assert differing(un, de_facto) == {"gazetteer"}


def test_the_pinned_model_is_the_one_that_extraction_loads() -> None:
    assert versions.DEFAULT_MODEL == nlp.DEFAULT_MODEL
    settings = Settings(store=Path("unused"))
    assert versions.current(settings) == versions.reading_with(nlp.DEFAULT_MODEL, "un")


@pytest.mark.parametrize("name", ["no_such_model", "json"])
def test_a_model_that_is_not_installed_is_told(name: str) -> None:
    with pytest.raises(DataError, match="not installed"):
        versions.reading_with(name, "un")


def test_an_installation_without_its_gazetteer_is_told(copy: Path) -> None:
    (copy / "assets" / "SHA256SUMS").write_text("")
    with pytest.raises(DataError, match="names no gazetteer"):
        now()


def test_the_hashes_cost_little_and_load_no_language_model() -> None:
    code = (
        "import sys\nfrom pipeline import versions\nfrom tests.patience import cost\n"
        "print(cost(lambda: versions.reading_with(None, 'un'), rounds=1), 'spacy' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    seconds, loaded = done.stdout.split()
    assert loaded == "False"
    assert float(seconds) < 0.5
    assert versions.reading_with(None, "un") is versions.reading_with(None, "un")


def test_the_dashboard_takes_no_hashes() -> None:
    code = (
        "import sys\nimport dashboard.map_page\nimport dashboard.resources\nprint('pipeline.versions' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
