"""``refresh``: reports that were read by an older version, read anew."""

from __future__ import annotations

import argparse
import json
from typing import IO, Any

from tqdm import tqdm

from pipeline import versions
from pipeline.commands.jobs import add_jobs, crew
from pipeline.console import OK, add_command, exit_code, output, progress, say, set_aside, some
from pipeline.outcomes import Rejected
from pipeline.refreshing import Refreshed, RefreshSummary, due, refresh
from pipeline.settings import Settings
from store.claims import ClaimStore


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Its words."""
    command = add_command(
        commands,
        "refresh",
        help="read the reports anew that an older version read",
        description="Read those reports of the store anew, from the text it keeps, that were read with another version "
        "of the extractor, the gazetteer or the tables of actors. Interrupted, it goes on where it ended.",
    )
    command.add_argument("--all", action="store_true", help="also reports that are up to date")
    command.add_argument("--report", metavar="ID", action="append", default=[],
                         help="only the report of this id; may be given several times")  # fmt: skip
    add_jobs(command)
    command.add_argument("--json", action="store_true", help="print one JSON object a report to standard output")
    command.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """``refresh``: what is out of date, or what is asked for."""
    with ClaimStore.open(settings.store, brief=True) as store, output(None) as out:
        ids = due(store, versions.current(settings), only=args.report, whatever=args.all)
        if not ids:
            say(f"Everything is up to date. Store: {settings.store}")
            return OK
        with progress(total=len(ids)) as bar:
            summary = refresh(
                ids, store, crew(args, settings), lambda outcome: _show(outcome, bar, out if args.json else None)
            )
    say(f"{_told(summary)}. Store: {settings.store}")
    return exit_code(summary.done, len(summary.set_aside))


def _show(outcome: Refreshed | Rejected, bar: tqdm[Any], out: IO[str] | None) -> None:
    bar.update()
    if isinstance(outcome, Rejected):
        set_aside(outcome)
    if out:
        out.write(json.dumps(_object(outcome), ensure_ascii=False) + "\n")


def _object(outcome: Refreshed | Rejected) -> dict[str, object]:
    if isinstance(outcome, Rejected):
        return {"report": outcome.where, "done": False, "reason": outcome.reason}
    report = outcome.report
    counted = {"claims": outcome.claims, "new": outcome.new, "gone": outcome.gone}
    return {"report": report.sha256, "done": True, "title": report.title} | counted


def _told(summary: RefreshSummary) -> str:
    parts = [
        f"{some(summary.done, 'report')} read anew: {some(summary.new, 'new claim')}, {summary.gone:,} gone",
        *([f"{len(summary.set_aside)} set aside"] if summary.set_aside else []),
    ]
    return ", ".join(parts)
