"""What the commands share: exit codes, options, and the ways to talk to a person and to another program.

Reports and JSON go to standard output, everything meant for a person to standard error.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, Final, TypeVar

from tqdm import tqdm

from errors import ClaimAtlasError
from extract.reading import source_for
from pipeline.batch import Rejected, Stored
from store.filters import PARAMETERS, Filters

OK: Final = 0
SOME_SET_ASIDE: Final = 1
USAGE: Final = 2
NOTHING_DONE: Final = 3
INTERRUPTED: Final = 130

EPILOG: Final = """\
exit codes: 0 all reports done · 1 some reports set aside, each named on standard error ·
2 wrong usage · 3 nothing done
"""

_Item = TypeVar("_Item")


class OutputError(ClaimAtlasError, OSError):
    """The output file cannot be written."""


def add_command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, *, help: str, description: str
) -> argparse.ArgumentParser:
    """A command with the epilog that all of them have."""
    return commands.add_parser(
        name, help=help, description=description, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )


def add_published(command: argparse.ArgumentParser) -> None:
    """The option ``--published``."""
    command.add_argument("--published", metavar="DATE", type=day,
                         help="publication date (2021-04-12) of reports that give none themselves")  # fmt: skip


_LIMITS: Final = {
    "actors": "claimant", "sides": "whom the claimant speaks for", "whose": "whose people or things are counted",
    "places": "key of a place, as in an export", "kinds": "kind of count", "modes": "mode of statement",
    "reports": "id of a report", "reviews": "review state; without it, all but rejected",
}  # fmt: skip


def add_filters(command: argparse.ArgumentParser) -> None:
    """The options that make :class:`~store.filters.Filters`, by the names they have in a URL."""
    group = command.add_argument_group("filters", "each may be given several times; without one, all claims")
    for field, what in _LIMITS.items():
        group.add_argument(f"--{PARAMETERS[field]}", metavar="VALUE", action="append", default=[], dest=f"only_{field}",
                           help=f"only claims with this {what}" if field == "kinds" else f"only: {what}")  # fmt: skip
    group.add_argument("--since", metavar="DATE", type=day, help="only reports of this day (2021-04-12) or later")
    group.add_argument("--until", metavar="DATE", type=day, help="only reports of this day or earlier")


def filters_of(args: argparse.Namespace) -> Filters:
    """The filters that the options say; a value that no filter can have is wrong usage, not silently dropped."""
    given = {field: tuple(getattr(args, f"only_{field}")) for field in _LIMITS}
    filters = Filters(**given, since=args.since, until=args.until)
    for field, values in given.items():
        if lost := [value for value in dict.fromkeys(values) if value not in getattr(filters, field)]:
            args.usage_error(f"--{PARAMETERS[field]} cannot be {lost[0]!r}")
    return filters


def day(words: str) -> date:
    """A date as an option gives it."""
    try:
        if len(words) == 10:
            return date.fromisoformat(words)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{words!r} is no date; write it as 2021-04-12")


def natural(words: str) -> int:
    """A number of things, from 0, as an option gives it."""
    if words.isascii() and words.isdigit():
        return int(words)
    raise argparse.ArgumentTypeError(f"{words!r} is no number of claims")


def plain(line: str) -> str:
    """A line without control characters: a terminal obeys them, and reports are hostile text."""
    return "".join(char if char.isprintable() else " " for char in line)


def same_file(one: Path, other: Path) -> bool:
    """True when both paths lead to one file."""
    return one.resolve() == other.resolve()


@contextmanager
def output(path: Path | None) -> Iterator[IO[str]]:
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


def progress(items: Iterable[_Item] = (), *, total: int | None) -> tqdm[_Item]:
    """A progress bar over ``items`` on standard error, when that is a terminal."""
    return tqdm(items, total=total, unit=" reports", file=sys.stderr, disable=not sys.stderr.isatty())


def total(files: Iterable[Path]) -> int | None:
    """How many reports the files hold; None when one of them holds many."""
    sources = [source_for(path) for path in files]
    return None if any(source and source.many for source in sources) else len(sources)


def show(outcome: Stored | Rejected, bar: tqdm[Any]) -> None:
    """Move the bar on; a report that was set aside is named."""
    bar.update()
    if isinstance(outcome, Rejected):
        set_aside(outcome)


def set_aside(item: Rejected) -> None:
    """Name a report that was set aside, with the reason."""
    say(plain(f"set aside: {item.where}: {item.reason}"))


def say(words: str) -> None:
    """Tell the user, without breaking a progress bar."""
    tqdm.write(words, file=sys.stderr)


def some(n: int, thing: str) -> str:
    """ "1 report", "2 reports"."""
    return f"{n:,} {thing}{'' if n == 1 else 's'}"


def exit_code(done: int, rejected: int) -> int:
    """The exit code for so many reports done and set aside."""
    if not done:
        say("Nothing was done: no report could be read.")
        return NOTHING_DONE
    return SOME_SET_ASIDE if rejected else OK
