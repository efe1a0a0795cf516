"""``doctor``: is everything in order, and what to do when it is not."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from pipeline.checkup import checkup
from pipeline.console import OK, SOME_SET_ASIDE, add_command, output, say
from pipeline.settings import Settings


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Its words."""
    command = add_command(
        commands,
        "doctor",
        help="check store, language model, gazetteer and assets, and say what to do",
        description="Check the store, the language model, the gazetteer, the tables of actors and the checksums of "
        "what ships. Changes nothing. Code 1 when something is wrong.",
    )
    command.add_argument("--json", action="store_true", help="print one JSON object a check to standard output")
    command.set_defaults(run=doctor)


def doctor(args: argparse.Namespace, settings: Settings) -> int:
    """``doctor``: a line a check."""
    well = True
    with output(None) as out:
        for finding in checkup(settings):
            well = well and finding.well
            if args.json:
                out.write(json.dumps(asdict(finding), ensure_ascii=False) + "\n")
            else:
                say(f"{'well ' if finding.well else 'WRONG'}  {finding.check}: {finding.told}")
    return OK if well else SOME_SET_ASIDE
