"""The sample reports: ten short texts over public facts of April 2021, and what a new store does with them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from errors import DataError
from pipeline.run import Engine
from pipeline.samples import SAMPLES, clear_samples, ensure_samples, load_samples, sample_reports
from pipeline.settings import Settings
from store.claims import ClaimStore
from tests.pipeline.fakes import FailingExtractor, FakeResolver


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(Engine, "load", lambda settings: Engine(FailingExtractor(), FakeResolver()))
    return Settings(store=tmp_path / "s.duckdb")


def test_an_empty_store_gets_the_samples_and_a_filled_one_does_not(settings: Settings) -> None:
    assert ensure_samples(settings) == len(sample_reports())
    assert ensure_samples(settings) == 0
    with ClaimStore.open(settings.store) as store:
        assert store.reports()["sample"].all()


def test_an_open_store_can_be_handed_in(settings: Settings) -> None:
    with ClaimStore.open(settings.store) as store:
        assert ensure_samples(settings, store=store) == len(sample_reports())
        assert clear_samples(store) == len(sample_reports())
        assert store.is_empty()
        assert load_samples(settings, store) == len(sample_reports())


def test_a_filled_store_opens_without_the_language_model(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    ensure_samples(settings)

    def fail(settings: Settings) -> Engine:
        raise AssertionError("the engine was loaded")

    monkeypatch.setattr(Engine, "load", fail)
    assert ensure_samples(settings) == 0


def test_samples_are_dated_titled_and_by_the_sample_desk() -> None:
    for report in sample_reports():
        assert report.published
        assert date(2021, 4, 12) <= report.published <= date(2021, 4, 22)
        assert report.id.startswith(report.published.isoformat())
        assert report.title
        assert report.outlet == "Claim Atlas sample desk"


def test_samples_are_short_and_distinct() -> None:
    reports = sample_reports()
    assert len(reports) >= 8
    assert len({report.sha256 for report in reports}) == len({report.id for report in reports}) == len(reports)
    for report in reports:
        assert 80 <= len(report.text.split()) <= 200, report.id


def test_every_text_of_the_folder_is_in_the_manifest() -> None:
    assert {path.stem for path in SAMPLES.glob("*.txt")} == {report.id for report in sample_reports()}


@pytest.mark.parametrize("manifest", ["not toml [", "", "[[report]]\nid = 'x'\n", "report = 5"])
def test_a_damaged_manifest_says_which_folder(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "reports.toml").write_text(manifest)
    with pytest.raises(DataError, match=str(tmp_path)):
        sample_reports(tmp_path)
