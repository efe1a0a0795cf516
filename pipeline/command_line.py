"""The command line: its words, its exit codes, and what each command does.

Reports and JSON go to standard output, everything meant for a person to standard error.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import IO, Any, Final, TypeVar

from tqdm import tqdm

from errors import ClaimAtlasError
from extract.model import Report
from extract.reading import source_for
from extract.reading.jsonl import read_json_lines
from pipeline.batch import IngestSummary, Rejected, Stored, annotate_many, files_in, ingest_reports, reports_in
from pipeline.run import Engine
from pipeline.samples import clear_samples, load_samples
from pipeline.settings import Settings
from store.claims import ClaimStore

OK: Final = 0
SOME_SET_ASIDE: Final = 1
USAGE: Final = 2
NOTHING_DONE: Final = 3
INTERRUPTED: Final = 130

_Item = TypeVar("_Item")

_EPILOG: Final = """\
exit codes: 0 all reports done · 1 some reports set aside, each named on standard error ·
2 wrong usage · 3 nothing done
"""
_SETTINGS: Final = """\
settings (environment): CLAIM_ATLAS_STORE the store's file · CLAIM_ATLAS_MODEL an installed English spaCy pipeline ·
CLAIM_ATLAS_BORDERS un (default) or de_facto, whose view of disputed places decides their country
"""


class OutputError(ClaimAtlasError, OSError):
    """The output file cannot be written."""


def parser() -> argparse.ArgumentParser:
    """Every command and option."""
    top = argparse.ArgumentParser(
        prog="python -m pipeline",
        description="News reports -> who claims what, how many, where.",
        epilog=_EPILOG + "\n" + _SETTINGS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(title="commands", dest="command", required=True, metavar="COMMAND")
    _add_annotate(commands)
    _add_ingest(commands)
    _add_samples(commands)
    return top


def _add_annotate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "annotate",
        help="print what reports claim, as JSON lines; the store is not touched",
        description="Print one JSON object a report: places, counts and statements, with offsets into the text.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "files", metavar="FILE", nargs="*", type=Path, help="a text (.txt, .md) or JSON lines (.jsonl)"
    )
    command.add_argument("--jsonl", metavar="FILE", action="append", type=Path, default=[],
                         help='JSON lines of {"id", "text", "published"}, whatever the file is called')  # fmt: skip
    command.add_argument("--published", metavar="DATE", type=_date,
                         help="publication date (2021-04-12) of reports that give none themselves")  # fmt: skip
    command.add_argument("--out", metavar="FILE", type=Path, help="write there instead of standard output")
    command.set_defaults(run=annotate, usage_error=command.error)


def _add_ingest(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "ingest",
        help="read reports into the store",
        description="Read files, and folders with all readable files below them, into the store. "
        "A report that is in the store already (the same text) is left as it is.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="a file (.txt, .md, .jsonl) or a folder")
    command.add_argument("--published", metavar="DATE", type=_date,
                         help="publication date (2021-04-12) of reports that give none themselves")  # fmt: skip
    command.add_argument("--outlet", metavar="NAME", help="outlet of reports that name none themselves")
    command.set_defaults(run=ingest)


def _add_samples(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "samples",
        help="load the sample reports into the store, or clear them out of it",
        description="The sample reports of April 2021: the dashboard loads them when the store is empty.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("action", choices=("load", "clear"), help="load: add those missing; clear: remove them all")
    command.set_defaults(run=samples)


def _date(words: str) -> date:
    try:
        if len(words) == 10:
            return date.fromisoformat(words)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{words!r} is no date; write it as 2021-04-12")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    args = parser().parse_args(argv)
    try:
        return int(args.run(args, Settings.from_env()))
    except ClaimAtlasError as error:
        _say(f"Stopped. {error}")
        return NOTHING_DONE
    except BrokenPipeError:
        # Whoever read the output has gone (`| head`); Python must not complain about it when it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        _say("Interrupted. Reports finished before this stay.")
        return INTERRUPTED


def annotate(args: argparse.Namespace, settings: Settings) -> int:
    """``annotate``: a JSON line for every report of the files, the model loaded once."""
    inputs = [*args.files, *args.jsonl]
    if not inputs:
        args.usage_error("name at least one FILE, or --jsonl FILE")
    if args.out and any(_same_file(args.out, path) for path in inputs):
        args.usage_error(f"--out {args.out} is one of the files to read; name another")
    reports = chain(reports_in(args.files), reports_in(args.jsonl, reader=read_json_lines))
    engine = Engine.load(settings)
    done = rejected = 0
    with _output(args.out) as out:
        for item in _progress(
            annotate_many(_completed(reports, args), engine), total=None if args.jsonl else _total(args.files)
        ):
            if isinstance(item, Rejected):
                rejected += 1
                _set_aside(item)
            else:
                done += 1
                out.write(json.dumps(item.to_json(), ensure_ascii=False, allow_nan=False) + "\n")
    return _exit_code(done, rejected)


def ingest(args: argparse.Namespace, settings: Settings) -> int:
    """``ingest``: files and folders into the store."""
    files = files_in(args.paths)
    with ClaimStore.open(settings.store) as store, _progress(total=_total(files)) as bar:
        reports = _completed(reports_in(files), args)
        summary = ingest_reports(reports, store, Engine.load(settings), lambda outcome: _show(outcome, bar))
    _say(_told(summary, settings.store))
    return _exit_code(summary.done, len(summary.set_aside))


def samples(args: argparse.Namespace, settings: Settings) -> int:
    """``samples``: the sample reports into the store, or out of it."""
    with ClaimStore.open(settings.store) as store:
        if args.action == "load":
            _say(f"{_some(load_samples(settings, store), 'sample report')} added to {settings.store}.")
        else:
            _say(f"{_some(clear_samples(store), 'sample report')} removed from {settings.store}.")
    return OK


def _completed(reports: Iterable[Report | Rejected], args: argparse.Namespace) -> Iterator[Report | Rejected]:
    """Reports with what the command line says of those that do not say it themselves."""
    outlet = getattr(args, "outlet", None)
    for item in reports:
        if isinstance(item, Rejected):
            yield item
        else:
            yield replace(item, published=item.published or args.published, outlet=item.outlet or outlet)


def _same_file(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


@contextmanager
def _output(path: Path | None) -> Iterator[IO[str]]:
    """The file to write JSON lines to, in UTF-8 whatever the terminal's own encoding."""
    if path is None:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        yield sys.stdout
        sys.stdout.flush()
        return
    try:
        file = path.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"{path} cannot be written ({error.strerror}); name another file with --out.") from error
    with file:
        yield file


def _progress(items: Iterable[_Item] = (), *, total: int | None) -> tqdm[_Item]:
    """A progress bar over ``items`` on standard error, when that is a terminal."""
    return tqdm(items, total=total, unit=" reports", file=sys.stderr, disable=not sys.stderr.isatty())


def _total(files: Iterable[Path]) -> int | None:
    """How many reports the files hold; None when one of them holds many."""
    sources = [source_for(path) for path in files]
    return None if any(source and source.many for source in sources) else len(sources)


def _show(outcome: Stored | Rejected, bar: tqdm[Any]) -> None:
    bar.update()
    if isinstance(outcome, Rejected):
        _set_aside(outcome)


def _set_aside(item: Rejected) -> None:
    _say(f"set aside: {item.where}: {item.reason}")


def _say(words: str) -> None:
    """Tell the user, without breaking a progress bar."""
    tqdm.write(words, file=sys.stderr)


def _told(summary: IngestSummary, store: Path) -> str:
    parts = [f"{_some(summary.added, 'report')} added with {_some(summary.claims, 'claim')}"]
    if summary.known:
        parts.append(f"{summary.known} already there")
    if summary.set_aside:
        parts.append(f"{len(summary.set_aside)} set aside")
    return f"{', '.join(parts)}. Store: {store}" if summary.done else f"No report was added. Store: {store}"


def _some(n: int, thing: str) -> str:
    return f"{n:,} {thing}{'' if n == 1 else 's'}"


def _exit_code(done: int, rejected: int) -> int:
    if not done:
        _say("Nothing was done: no report could be read.")
        return NOTHING_DONE
    return SOME_SET_ASIDE if rejected else OK
