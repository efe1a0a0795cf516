"""The sample reports: a new store opens on them, so that the map shows at first sight what it is for.

They live in ``assets/samples``: plain texts, and ``reports.toml`` with id, title, outlet, date and file of each.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from errors import DataError
from extract.model import Report
from extract.reading import ReadingError
from extract.reading.text import read_text
from pipeline.batch import Rejected, Stored, stored_reports
from pipeline.run import Engine
from pipeline.settings import ASSETS, Settings
from store.claims import ClaimStore

SAMPLES = ASSETS / "samples"
_MANIFEST = "reports.toml"


def sample_reports(folder: Path = SAMPLES) -> list[Report]:
    """The sample reports, by date.

    :raises DataError: when the manifest or a text is missing or damaged.
    """
    manifest = folder / _MANIFEST
    try:
        rows = tomllib.loads(manifest.read_text(encoding="utf-8"))["report"]
        reports = [_report(row, folder) for row in rows]
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ReadingError) as error:
        raise DataError(
            "The sample reports in {folder} are damaged ({problem}); install Claim Atlas again.",
            folder=folder,
            problem=error,
        ) from error
    return sorted(reports, key=lambda report: (report.published or date.max, report.id))


def _report(row: Mapping[str, Any], folder: Path) -> Report:
    (read,) = read_text(folder / row["file"])
    return Report(text=read.text, id=row["id"], title=row["title"], outlet=row["outlet"], published=row["published"])


def ensure_samples(settings: Settings, *, store: ClaimStore | None = None) -> int:
    """Fill an empty store with the sample reports; the number of reports added, 0 when it has any report.

    :param store: the open store, when the caller holds it; else the one of ``settings`` is opened and closed.
    """
    if store is None:
        with ClaimStore.open(settings.store, brief=True) as opened:
            return ensure_samples(settings, store=opened)
    return load_samples(settings, store) if store.is_empty() else 0


def load_samples(settings: Settings, store: ClaimStore) -> int:
    """Add the sample reports that are not in the store; the number added.

    :raises DataError: when a sample report cannot be read into the store.
    """
    engine = Engine.load(settings)
    return sum(_added(outcome) for outcome in stored_reports(sample_reports(), store, engine, sample=True))


def _added(outcome: Stored | Rejected) -> bool:
    if isinstance(outcome, Rejected):
        raise DataError("Sample report {where}: {reason}", where=outcome.where, reason=outcome.reason)
    return outcome.new


def clear_samples(store: ClaimStore) -> int:
    """Take the sample reports out of the store; the number removed."""
    frame = store.reports()
    with store.held():
        return sum(store.remove(report_id) for report_id in frame.loc[frame["sample"], "id"])


@lru_cache(maxsize=1)
def sample_ids() -> frozenset[str]:
    """What the samples are called in the store.

    :raises DataError: as :func:`sample_reports`.
    """
    return frozenset(report.sha256 for report in sample_reports())
