"""What the pages share between runs and readers: the only module that caches in Streamlit.

The store is opened for reading, asked once for everything a view shows, and let go again, so that the command line
can add reports while the dashboard is open; the file's time and size are part of every cache key, so the next run
sees them, at the pace of :mod:`dashboard.pace`. Pages that write do so through :func:`writing`, which ends with
:func:`changed`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar, cast

import streamlit as st

from dashboard import fill_samples, libraries, opening
from dashboard.first_start import Preparation
from dashboard.framing import is_vast
from dashboard.lines import from_found
from dashboard.map import Libraries
from dashboard.outlines import Geometry, Outlines, in_their_view
from dashboard.pace import Pace, Version, version_of
from dashboard.views import Overview, View
from errors import ClaimAtlasError
from geo.gazetteer import Gazetteer
from geo.policy import Borders
from pipeline.settings import Settings
from store import views
from store.claims import ClaimStore
from store.errors import MissingStoreError, OutdatedStoreError
from store.filters import Filters
from store.index import Index
from store.marks import Mark
from store.records import ClaimRow, PlaceRow, ReportRow
from store.views import Limits

LIST_LIMIT: Final = 500
"""Most claims that pass and are all listed."""

FIRST: Final = 100
"""Claims in a list or table when more pass: the page says how many there are."""

VIEWS: Final = 16
"""Views that are kept for whoever goes back to them. Those of a large store take half a megabyte each: kept by the
dozen, the server would grow with every filter that is tried."""

BANDS_SECONDS: Final = 0.8
"""Seconds that a run may spend on bands that have not been drawn before."""

_PACE: Final = Pace()
Answer = TypeVar("Answer")


if TYPE_CHECKING:
    from dashboard.jobs import Jobs
    from dashboard.lookup import Offline
    from pipeline.reviewing import Places


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """Settings of this process."""
    return Settings.from_env()


@st.cache_resource(show_spinner=False)
def map_libraries() -> Libraries:
    """Addresses of the map's scripts and styles."""
    return libraries.serve()


@st.cache_resource(show_spinner=False)
def preparation() -> Preparation:
    """The filling of an empty store with the sample reports: begun once a process, by whoever asks first."""
    return Preparation(is_filled=_is_filled, fill=fill_samples.run_beside)


def is_ready(seconds: float | None = 0.2) -> bool:
    """True when the store can be read; waits ``seconds`` for it, None for as long as it takes.

    :raises ClaimAtlasError: what kept the store from being filled; the next call tries again.
    """
    try:
        return preparation().wait(seconds)
    except ClaimAtlasError:
        preparation.clear()
        raise


def version() -> Version:
    """The state of the store that is shown; it changes when something was added, see :mod:`dashboard.pace`."""
    return _PACE.shown(_newest())


def is_behind() -> bool:
    """True when newer reports are in the store than those that are shown."""
    return _PACE.is_behind(_newest())


def catch_up() -> None:
    """Show the store as it is now, though another state was taken up a moment ago."""
    _PACE.catch_up()


def _newest() -> Version:
    return version_of(_store())


def _store() -> Path:
    return Path(settings().store)


def reading() -> AbstractContextManager[ClaimStore]:
    """The store, open for questions; waits while a page writes.

    :raises StoreError: when it is not there, damaged, or held by another process.
    """
    return opening.reading(_store())


def kept_open() -> AbstractContextManager[None]:
    """Within it the store is opened once, when it is first asked. Nothing may be written within it."""
    return opening.kept_open()


def writing() -> AbstractContextManager[ClaimStore]:
    """The store, open to be changed. All readers of this process wait meanwhile: hold it for parts of a second.

    :raises StoreError: when it is damaged, or held by another process. What was read from it before stands then, so
        that the page goes on to show it.
    """
    return opening.writing(_store(), once_closed=changed)


def changed() -> None:
    """Forget what was read from the store, for its content is another now: every reader's next run asks it anew."""
    catch_up()
    for cached in (_index, _overview, _marks, _view, _asked):
        cached.clear()


@st.cache_resource(show_spinner=False)
def jobs() -> Jobs:
    """The reports of all readers that are on their way into the store."""
    from dashboard.jobs import Jobs, Means  # noqa: PLC0415 - what reads files and the net is needed by one page
    from pipeline.beside import Beside  # noqa: PLC0415

    return Jobs(Means(begin=Beside, reading=reading, writing=writing))


def overview() -> Overview:
    """The store at a glance, as of now."""
    return _overview(version())


def view(filters: Filters, borders: Borders | None = None) -> View:
    """Everything the map page shows for ``filters``, as of now; outlines in a view of borders, None for the stored."""
    found = _view(filters, version())
    return replace(found, marks=in_view(found.marks, borders)) if borders else found


def marks(filters: Filters, borders: Borders) -> list[Mark]:
    """What the map shows for ``filters``: the part of :func:`view` that is there first."""
    return in_view(_marks(filters, version()), borders)


def in_view(marks: Sequence[Mark], borders: Borders) -> list[Mark]:
    """The marks with the outlines that this view of disputed borders gives their places."""
    return in_their_view(marks, borders, settings().borders, outlines)


def place_in_view(place: PlaceRow, borders: Borders) -> PlaceRow:
    """The place with the outline that this view of disputed borders gives it."""
    return in_view([Mark(place, 0, 0, 0, ())], borders)[0].place


@st.cache_resource(show_spinner=False)
def outlines(borders: Borders) -> Outlines:
    """Outlines in a view of disputed borders."""
    return Outlines.open(borders)


@st.cache_resource(show_spinner=False)
def offline(borders: Borders) -> Offline:
    """The gazetteer that ships, asked by name."""
    from dashboard.lookup import Offline  # noqa: PLC0415 - only the page that asks it needs it

    return Offline(Gazetteer.open(), borders)


def gazetteer_place(key: str) -> PlaceRow | None:
    """A place of the gazetteer as the store would hold it; None when it has none of that key."""
    return _gazetteer_places()(key)


@st.cache_resource(show_spinner=False)
def _gazetteer_places() -> Places:
    from pipeline.reviewing import gazetteer_places  # noqa: PLC0415 - only the page that chooses places needs it

    return gazetteer_places(settings().borders)


def answers_file() -> Path:
    """Where the answers of online geocoders are kept: beside the store."""
    return _store().with_name("geocoder-answers.sqlite")


def bands(places: Iterable[PlaceRow], borders: Borders) -> dict[str, tuple[Geometry, ...]]:
    """What derived regions fade through, by key of the place: as many as can be drawn at once, the others later."""
    keys = [place.key for place in places if place.derived_from and place.geometry and not is_vast(place)]
    return outlines(borders).fading_within(keys, BANDS_SECONDS) if keys else {}


def asked(question: Callable[..., Answer], *about: object) -> Answer:
    """What the store answers to ``question``, a module's function of the store and of what it is ``about``, as of now.

    The answer is kept until the store changes; it is shared between readers, so it must not be changed.
    """
    return cast("Answer", _asked(f"{question.__module__}.{question.__name__}", about, version(), question))


def asked_with_index(question: Callable[..., Answer], *about: object) -> Answer:
    """As :func:`asked`, for a question of the store and of the index of its claims."""
    name = f"{question.__module__}.{question.__name__}"
    return cast("Answer", _asked(name, about, version(), partial(_with_index, question)))


def _with_index(question: Callable[..., Answer], store: ClaimStore, *about: object) -> Answer:
    return question(store, _index(version()), *about)


def claim(claim_id: str) -> tuple[ClaimRow, ReportRow] | None:
    """A claim with its report; None when the store has no claim of that id."""
    return asked(_claim, claim_id)


def place(key: str) -> PlaceRow | None:
    """A place of the store; None when no claim speaks of it."""
    return asked(_place, key)


@st.cache_resource(show_spinner=False, max_entries=4)
def _overview(version: Version) -> Overview:
    index = _index(version)
    with reading() as store:
        whole, reports = store.view(index, Filters(), Limits(whole=0, first=0, groups=0)), store.reports()
    return Overview.of(whole, reports)


@st.cache_resource(show_spinner=False, max_entries=VIEWS, hash_funcs={Filters: repr})
def _view(filters: Filters, version: Version) -> View:
    index, drawn = _index(version), _marks(filters, version)
    with reading() as store:
        found = store.view(index, filters, Limits(whole=LIST_LIMIT, first=min(FIRST, LIST_LIMIT)), drawn=drawn)
    return found.listed_as(from_found)


@st.cache_resource(show_spinner=False, max_entries=VIEWS, hash_funcs={Filters: repr})
def _marks(filters: Filters, version: Version) -> list[Mark]:
    return views.marks(_index(version), filters)


@st.cache_resource(show_spinner=False, max_entries=1)
def _index(version: Version) -> Index:  # noqa: ARG001 - part of the cache's key
    with reading() as store:
        return store.index()


@st.cache_resource(show_spinner=False, max_entries=192, hash_funcs={Filters: repr})
def _asked(name: str, about: tuple[object, ...], version: Version, _question: Callable[..., object]) -> object:  # noqa: ARG001 - cache's key
    with reading() as store:
        return _question(store, *about)


def _claim(store: ClaimStore, claim_id: str) -> tuple[ClaimRow, ReportRow] | None:
    found = store.claim(claim_id)
    report = store.report(found.report_id) if found else None
    return (found, report) if found and report else None


def _place(store: ClaimStore, key: str) -> PlaceRow | None:
    return store.place(key)


def _is_filled() -> bool:
    try:
        with reading() as store:
            return not store.is_empty()
    except (MissingStoreError, OutdatedStoreError):
        return False
