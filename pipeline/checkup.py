"""Is everything in order? Each check says what it found and, when something is wrong, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from errors import ClaimAtlasError, DataError
from pipeline.checksums import differing, read_manifest
from pipeline.settings import Settings
from pipeline.versions import current
from store import backups
from store.claims import ClaimStore
from store.errors import MissingStoreError
from store.filters import Filters

_PROBE: Final = "Kyiv"
"""A name that any gazetteer of the world knows."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; ``told`` says what to do when it is not ``well``."""

    check: str
    well: bool
    told: str


def checkup(settings: Settings) -> Iterator[Finding]:
    """Every check, one after the other; one that fails does not keep the others from being made."""
    for name, check in CHECKS.items():
        try:
            yield Finding(name, True, check(settings))
        except ClaimAtlasError as error:
            yield Finding(name, False, str(error))


def _store(settings: Settings) -> str:
    try:
        with ClaimStore.open(settings.store, read_only=True) as store:
            reports, claims = len(store.report_ids()), store.count(Filters())
    except MissingStoreError:
        return f"there is none at {settings.store} yet; it is made when the dashboard starts or a report is ingested"
    told = f"{settings.store}: {reports:,} reports, {claims:,} claims"
    found = backups.beside(settings.store)
    return f"{told}; back-ups beside it: {', '.join(path.name for path in found)}" if found else told


def _readings(settings: Settings) -> str:
    today = current(settings)
    try:
        with ClaimStore.open(settings.store, read_only=True) as store:
            outdated = len(store.outdated(today))
    except MissingStoreError:
        outdated = 0
    if outdated:
        return f"{outdated:,} of the reports were read by another version: `python -m pipeline refresh` reads them anew"
    return "every report was read by this version"


def _model(settings: Settings) -> str:
    from extract import nlp  # noqa: PLC0415 - over a second, which other checks need not wait for

    model = nlp.load(settings.model or nlp.DEFAULT_MODEL)
    return f"{model.meta['lang']}_{model.meta['name']} {model.meta['version']}"


def _gazetteer(settings: Settings) -> str:
    from geo.gazetteer import Gazetteer  # noqa: PLC0415

    found = Gazetteer.open().lookup(_PROBE)
    if not found:
        raise DataError(f"The gazetteer does not know {_PROBE}. Install Claim Atlas again, or run `make assets`.")
    return f"knows {_PROBE} as {found[0].key}; borders: {settings.borders}"


def _actors(settings: Settings) -> str:  # noqa: ARG001 - every check is asked alike
    from extract.actor_book import ActorBook  # noqa: PLC0415

    ActorBook.load()
    return "the tables of states, organisations, groups and people can be read"


def _assets(settings: Settings) -> str:  # noqa: ARG001
    if wrong := differing():
        raise DataError(
            f"{len(wrong)} files in assets/ are missing or not what was shipped ({', '.join(wrong[:3])}). Install "
            "Claim Atlas again; after rebuilding them on purpose, run `python -m pipeline.checksums`."
        )
    return f"{len(read_manifest())} compiled files have the checksums they were shipped with"


CHECKS: Final[dict[str, Callable[[Settings], str]]] = {
    "store": _store, "readings": _readings, "model": _model, "gazetteer": _gazetteer, "actors": _actors,
    "assets": _assets,
}  # fmt: skip
"""Checks by name, in the order in which they are made."""
