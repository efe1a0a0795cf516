"""What a reader of the dashboard hands in -> drafts: reports annotated, and not yet stored.

Everything is first read and counted, then annotated report by report; what is in the store already, by its text or by
its address, is told and not read again. The caller says what the store knows, so that none is opened here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Final

from errors import UnforeseenError, Worded, foreseen, reworded
from extract.model import Report
from extract.reading import SOURCES, ReadingError, SetAside, read
from extract.reading.csv_table import FIELDS, head_of
from extract.reading.feed import is_feed
from extract.reading.language import in_english
from extract.reading.source import checked
from pipeline.batch import Annotates, AnnotatesMany, Rejected, annotate_many
from pipeline.fetching.addresses import FetchError, target_of
from pipeline.fetching.client import Fetched, Fetcher
from pipeline.fetching.pages import Fetches, entries_at, report_of, report_of_entry
from pipeline.run import Annotation
from pipeline.samples import sample_reports
from store.records import ClaimRow, PlaceRow, ReadingRow, ReportRow

MOST_REPORTS: Final = 500
"""Reports of one hand-in: they are held in memory until they are stored. The command line has no such bound."""
COLUMNS: Final = FIELDS
"""What a column of a table can be."""
ENDINGS: Final = tuple(sorted({f".{suffix.rpartition('.')[2]}" for source in SOURCES for suffix in source.suffixes}))
"""Endings of the files that can be read."""
_PASTED: Final = Worded("the pasted text")


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text, and what its reader says of it; ``published`` None when that is not known."""

    text: str
    title: str | None = None
    outlet: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file at ``path``, called ``name`` by its reader; ``columns`` says which column of a table is what."""

    name: str
    path: Path
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Address:
    """An address on the web; of a feed the first ``entries`` are read."""

    url: str
    entries: int = 20


@dataclass(frozen=True, slots=True)
class Samples:
    """The sample reports that ship."""


@dataclass(frozen=True, slots=True)
class Again:
    """A draft whose date its reader has changed: who held which office is asked anew."""

    report: ReportRow


Handed = Pasted | File | Address | Samples | Again


@dataclass(frozen=True, slots=True)
class Order:
    """What was handed in, with the ids of the reports in the store and their addresses with the id of each."""

    handed: tuple[Handed, ...]
    stored: frozenset[str] = frozenset()
    addresses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """A report that will be annotated; ``n`` so far."""

    n: int


@dataclass(frozen=True, slots=True)
class Draft:
    """An annotated report as the store would take it."""

    report: ReportRow
    claims: tuple[ClaimRow, ...]
    places: tuple[PlaceRow, ...]
    reading: ReadingRow | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A report that is not read again: it is in the store, or ``twice`` in what was handed in."""

    where: str
    report_id: str
    twice: bool = False


Event = Found | Draft | Known | Rejected


def take_in(
    order: Order, engine: Callable[[], Annotates | AnnotatesMany], fetcher: Fetches | None = None
) -> Iterator[Event]:
    """What becomes of an order, as it happens: all reports are found before the first of them is annotated.

    :param engine: called once there is something to annotate.
    :param fetcher: by default one of the real net, made when the first address comes.
    """
    fresh: list[Report] = []
    for event in _read(order, fetcher):
        if isinstance(event, Report):
            fresh.append(event)
            yield Found(len(fresh))
        else:
            yield event
    if not fresh:
        return
    sample = any(isinstance(item, Samples) for item in order.handed)
    for outcome in annotate_many(fresh, engine()):
        yield outcome if isinstance(outcome, Rejected) else _draft(outcome, sample=sample)


def _draft(annotation: Annotation, *, sample: bool) -> Draft | Rejected:
    try:
        with foreseen():
            row, claims, places = annotation.to_rows(sample=sample)
    except UnforeseenError as error:
        return Rejected(_name(annotation.report), str(error))
    return Draft(row, tuple(claims), tuple(places), annotation.reading)


def _read(order: Order, fetcher: Fetches | None) -> Iterator[Report | Known | Rejected]:
    """Every report once, and at most so many of them."""
    seen: set[str] = set()
    for handed in order.handed:
        for item in _reports_of(handed, order, fetcher):
            if not isinstance(item, Report):
                yield item
            elif item.sha256 in order.stored or item.sha256 in seen:
                yield Known(_name(item), item.sha256, twice=item.sha256 in seen)
            elif len(seen) >= MOST_REPORTS:
                reason = Worded(
                    "more than {most} reports at a time; add the rest later, or from the command line.",
                    most=MOST_REPORTS,
                )
                yield Rejected(_name(item), reason)
                return
            else:
                seen.add(item.sha256)
                yield item


def _name(report: Report) -> str:
    return report.title or report.url or report.id or _PASTED


def _reports_of(handed: Handed, order: Order, fetcher: Fetches | None) -> Iterator[Report | Known | Rejected]:
    match handed:
        case Pasted():
            yield from _pasted(handed)
        case File():
            yield from _in_file(handed)
        case Address():
            yield from _at(handed, order, fetcher or Fetcher())
        case Samples():
            yield from sample_reports()
        case Again():
            row = handed.report
            yield Report(
                text=row.text, title=row.title, outlet=row.outlet, url=row.url, published=row.published,
                language=row.language, boilerplate=row.boilerplate,
            )  # fmt: skip


def _pasted(pasted: Pasted) -> Iterator[Report | Rejected]:
    try:
        with foreseen(partial(ReadingError, _PASTED)):
            text = in_english(checked(pasted.text, _PASTED), _PASTED)
    except ReadingError as error:
        yield Rejected(error.where, error.reason)
        return
    yield Report(text=text, title=pasted.title, outlet=pasted.outlet, published=pasted.published)


def _in_file(file: File) -> Iterator[Report | Rejected]:
    """The reports of a file; where one is set aside, the file has the name that its reader knows."""
    try:
        for item in read(file.path, columns=file.columns or None):
            yield _renamed(item, file) if isinstance(item, SetAside) else item
    except ReadingError as error:
        yield _renamed(error, file)


def _renamed(problem: SetAside | ReadingError, file: File) -> Rejected:
    there = str(file.path)
    return Rejected(reworded(problem.where, there, file.name), reworded(problem.reason, there, file.name))


def _at(address: Address, order: Order, fetcher: Fetches) -> Iterator[Report | Known | Rejected]:
    try:
        page = fetcher.get(address.url)
        if not is_feed(page.body):
            yield report_of(page)
            return
        yield from _entries(page, address, order, fetcher)
    except (FetchError, ReadingError) as error:
        yield Rejected(error.where, error.reason)


def _entries(page: Fetched, address: Address, order: Order, fetcher: Fetches) -> Iterator[Report | Known | Rejected]:
    """The reports of a feed; an entry whose page is in the store is not fetched again."""
    for number, entry in enumerate(entries_at(page)[: address.entries], start=1):
        if entry.url in order.addresses:
            yield Known(entry.title or str(entry.url), order.addresses[str(entry.url)])
            continue
        try:
            yield report_of_entry(entry, Worded("{where}, entry {n}", where=page.url, n=str(number)), fetcher)
        except (FetchError, ReadingError) as error:
            yield Rejected(error.where, error.reason)


def host_of(url: str) -> str:
    """The host that an address would ask.

    :raises FetchError: when it is no address that may be asked, whatever its host is.
    """
    return target_of(url).host


def table_head(raw: bytes, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the columns of a table, and its first row.

    :raises ReadingError: when it is none.
    """
    return head_of(BytesIO(raw), name)


def with_facts(draft: Draft, *, title: str | None, outlet: str | None, published: date | None) -> Draft:
    """The draft with what its reader says of the report."""
    return replace(draft, report=replace(draft.report, title=title, outlet=outlet, published=published))
