"""The command line: its commands come from :data:`pipeline.commands.COMMANDS`, its exit codes from the console."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Final

from errors import ClaimAtlasError
from pipeline.commands import COMMANDS
from pipeline.console import EPILOG, INTERRUPTED, NOTHING_DONE, OK, SOME_SET_ASIDE, USAGE, OutputError, say
from pipeline.settings import Settings

__all__ = ["INTERRUPTED", "NOTHING_DONE", "OK", "SOME_SET_ASIDE", "USAGE", "OutputError", "main", "parser"]

_SETTINGS: Final = """\
settings (environment): CLAIM_ATLAS_STORE the store's file · CLAIM_ATLAS_MODEL an installed English spaCy pipeline ·
CLAIM_ATLAS_BORDERS un (default) or de_facto, whose view of disputed places decides their country
"""


def parser() -> argparse.ArgumentParser:
    """Every command and option."""
    top = argparse.ArgumentParser(
        prog="python -m pipeline",
        description="News reports -> who claims what, how many, where.",
        epilog=EPILOG + "\n" + _SETTINGS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(title="commands", dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    args = parser().parse_args(argv)
    try:
        return int(args.run(args, Settings.from_env()))
    except ClaimAtlasError as error:
        say(f"Stopped. {error}")
        return NOTHING_DONE
    except BrokenPipeError:
        # Whoever read the output has gone (`| head`); Python must not complain about it when it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        say("Interrupted. Reports finished before this stay.")
        return INTERRUPTED
