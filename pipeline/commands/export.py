"""``export``: the claims of a filter as a file of another program."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.console import OK, OutputError, add_command, add_filters, filters_of, say, some
from pipeline.settings import Settings
from store.claims import ClaimStore
from store.exports import EXPORTS


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Its words."""
    command = add_command(
        commands,
        "export",
        help="write the claims of a filter to a file: " + ", ".join(EXPORTS),
        description="Write the claims that pass the filters to a file. Whole texts of reports stay out.\n\n"
        + "\n".join(f"  {export.name:14} {export.purpose}" for export in EXPORTS.values()),
    )
    command.add_argument("--format", required=True, choices=tuple(EXPORTS), help="what kind of file")
    command.add_argument(
        "--out", metavar="FILE", type=Path, required=True, help="the file; one of that name is replaced"
    )
    command.add_argument("--with-texts", action="store_true",
                         help="put the whole texts of the reports in: mind whose property they are")  # fmt: skip
    add_filters(command)
    command.set_defaults(run=export, usage_error=command.error)


def export(args: argparse.Namespace, settings: Settings) -> int:
    """``export``: one file, whole or not at all."""
    filters, chosen = filters_of(args), EXPORTS[args.format]
    with ClaimStore.open(settings.store, read_only=True) as store:
        part = args.out.with_name(args.out.name + ".part")
        try:
            with part.open("wb") as file:
                chosen.write(file, store, filters, texts=args.with_texts)
            part.replace(args.out)
        except OSError as error:
            raise OutputError(f"{args.out} cannot be written ({error.strerror}); name another with --out.") from error
        finally:
            part.unlink(missing_ok=True)
        say(f"{some(store.count(filters), 'claim')} written to {args.out}.")
    return OK
