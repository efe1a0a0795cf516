"""``samples``: the sample reports into the store, or out of it."""

from __future__ import annotations

import argparse

from pipeline.console import OK, add_command, say, some
from pipeline.samples import clear_samples, load_samples
from pipeline.settings import Settings
from store.claims import ClaimStore


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Its words."""
    command = add_command(
        commands,
        "samples",
        help="load the sample reports into the store, or clear them out of it",
        description="The sample reports of April 2021: the dashboard loads them when the store is empty.",
    )
    command.add_argument("action", choices=("load", "clear"), help="load: add those missing; clear: remove them all")
    command.set_defaults(run=samples)


def samples(args: argparse.Namespace, settings: Settings) -> int:
    """``samples``: the sample reports into the store, or out of it."""
    with ClaimStore.open(settings.store, brief=True) as store:
        if args.action == "load":
            say(f"{some(load_samples(settings, store), 'sample report')} added to {settings.store}.")
        else:
            say(f"{some(clear_samples(store), 'sample report')} removed from {settings.store}.")
    return OK
