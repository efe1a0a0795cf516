"""``ingest``: reports into the store."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from extract.model import Report
from pipeline.batch import IngestSummary, Rejected, ingest_reports
from pipeline.commands.jobs import add_jobs, crew
from pipeline.console import add_command, add_published, exit_code, progress, say, show, some
from pipeline.fetching.inputs import add_columns, expected, reports_of
from pipeline.settings import Settings
from store.claims import ClaimStore


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Its words."""
    command = add_command(
        commands,
        "ingest",
        help="read reports into the store",
        description="Read files, folders with all readable files below them, and pages on the web into the store. "
        "A report that is in the store already (the same text) is left as it is.",
    )
    command.add_argument("paths", metavar="PATH", nargs="+", help="a file, a folder, or an address (https://…)")
    add_published(command)
    add_columns(command)
    command.add_argument("--outlet", metavar="NAME", help="outlet of reports that name none themselves")
    add_jobs(command)
    command.set_defaults(run=ingest)


def ingest(args: argparse.Namespace, settings: Settings) -> int:
    """``ingest``: files and folders into the store."""
    with ClaimStore.open(settings.store, brief=True) as store, progress(total=expected(args.paths)) as bar:
        reports = completed(reports_of(args.paths, columns=args.columns), args)
        summary = ingest_reports(reports, store, crew(args, settings), lambda outcome: show(outcome, bar))
    say(_told(summary, settings.store))
    return exit_code(summary.done, len(summary.set_aside))


def completed(reports: Iterable[Report | Rejected], args: argparse.Namespace) -> Iterator[Report | Rejected]:
    """Reports with what the command line says of those that do not say it themselves."""
    outlet = getattr(args, "outlet", None)
    for item in reports:
        if isinstance(item, Rejected):
            yield item
        else:
            yield replace(item, published=item.published or args.published, outlet=item.outlet or outlet)


def _told(summary: IngestSummary, store: Path) -> str:
    parts = [f"{some(summary.added, 'report')} added with {some(summary.claims, 'claim')}"]
    if summary.known:
        parts.append(f"{summary.known} already there")
    if summary.set_aside:
        parts.append(f"{len(summary.set_aside)} set aside")
    return f"{', '.join(parts)}. Store: {store}" if summary.done else f"No report was added. Store: {store}"
