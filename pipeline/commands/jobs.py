"""``--jobs``: how many processes read reports. No command of its own."""

from __future__ import annotations

import argparse
from functools import partial

from pipeline.crew import FEW, Crew, cores
from pipeline.run import Engine
from pipeline.settings import Settings


def add_jobs(command: argparse.ArgumentParser) -> None:
    """The option ``--jobs``."""
    command.add_argument("--jobs", metavar="N", type=_jobs, default=cores(),
                         help="processes that read reports beside each other when there are more than "
                         f"{FEW} (default: the number of processors, {cores()}; each takes about 250 MB)")  # fmt: skip


def crew(args: argparse.Namespace, settings: Settings) -> Crew:
    """Who reads the reports of a command."""
    return Crew(partial(Engine.load, settings), jobs=args.jobs)


def _jobs(words: str) -> int:
    if not (words.isdecimal() and 0 < int(words) <= 256):
        raise argparse.ArgumentTypeError(f"{words!r} is no number of processes; give one from 1 to 256")
    return int(words)
