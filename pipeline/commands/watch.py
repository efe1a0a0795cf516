"""``watch``: folders and feeds, of which new reports are taken into the store."""

from __future__ import annotations

import argparse
import signal
from functools import partial
from pathlib import Path

from pipeline.batch import Rejected, Stored
from pipeline.commands.ingest import completed
from pipeline.console import OK, SOME_SET_ASIDE, add_command, say, set_aside, some
from pipeline.fetching.addresses import is_url
from pipeline.fetching.client import Fetcher
from pipeline.fetching.inputs import add_columns, reports_of
from pipeline.run import Engine
from pipeline.settings import Settings
from pipeline.watching import Feed, Folder, Lookout, Watch
from store.claims import ClaimStore


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Its words."""
    command = add_command(
        commands,
        "watch",
        help="take new reports of folders and feeds into the store, until interrupted",
        description="Look at folders and RSS or Atom feeds again and again, and read what is new into the store. "
        "What fails is tried again after growing pauses. Ctrl-C ends it.",
    )
    command.add_argument("targets", metavar="FOLDER|FEED", nargs="+", help="a folder, or the address of a feed")
    command.add_argument("--every", metavar="SECONDS", type=_seconds, default=300.0,
                         help="pause between two looks (300; feeds are asked once a minute at most)")  # fmt: skip
    command.add_argument("--once", action="store_true", help="look once and end")
    add_columns(command)
    command.add_argument("--outlet", metavar="NAME", help="outlet of reports that name none themselves")
    command.set_defaults(run=watch, usage_error=command.error, published=None)


def _seconds(words: str) -> float:
    try:
        if 1 <= (seconds := float(words)) <= 7 * 24 * 3600:
            return seconds
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{words!r} is no pause; give seconds, from 1 to 604800")


def watch(args: argparse.Namespace, settings: Settings) -> int:
    """``watch``: until interrupted, or once."""
    failed: list[Rejected] = []
    watching = Watch(
        lookouts=_lookouts(args),
        open_store=partial(ClaimStore.open, settings.store, brief=True),
        engine=partial(Engine.load, settings),
        tell=partial(_tell, failed),
        complete=partial(completed, args=args),
    )
    if args.once:
        watching.look()
        return SOME_SET_ASIDE if failed else OK
    # A service manager ends a program with this signal; it is as good a reason to end cleanly as Ctrl-C.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        say(f"Watching {', '.join(args.targets)}. Ctrl-C ends it. Store: {settings.store}")
        watching.run(args.every)
    finally:
        signal.signal(signal.SIGTERM, before)
    return OK


def _lookouts(args: argparse.Namespace) -> list[Lookout]:
    fetcher = Fetcher()
    lookouts: list[Lookout] = []
    for target in dict.fromkeys(args.targets):
        if is_url(target):
            lookouts.append(Feed(target, fetcher, every=args.every))
        elif Path(target).is_dir():
            lookouts.append(Folder(Path(target), read=partial(reports_of, columns=args.columns)))
        else:
            args.usage_error(f"{target} is neither a folder nor the address of a feed")
    return lookouts


def _tell(failed: list[Rejected], outcome: Stored | Rejected) -> None:
    if isinstance(outcome, Rejected):
        failed.append(outcome)
        set_aside(outcome)
    elif outcome.new:
        report = outcome.report
        say(f"added: {report.title or report.id or report.sha256} with {some(outcome.claims, 'claim')}")
