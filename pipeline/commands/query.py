"""``query``: the claims of a filter, for reading or for another program."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from pipeline.console import OK, add_command, add_filters, filters_of, natural, output, plain, say, some
from pipeline.settings import Settings
from store.claims import ClaimStore
from store.exports.export import Selection
from store.exports.properties import place_properties, properties
from store.exports.wording import headline, source_line
from store.rows import FoundClaim


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Its words."""
    command = add_command(
        commands,
        "query",
        help="print the claims that pass the filters",
        description="Print the claims that pass the filters, by date: a line each, who says what, and where it stands.",
    )
    command.add_argument("--json", action="store_true", help="print one JSON object a claim")
    command.add_argument("--limit", metavar="N", type=natural, default=None, help="print the first N claims only")
    add_filters(command)
    command.set_defaults(run=query, usage_error=command.error)


def query(args: argparse.Namespace, settings: Settings) -> int:
    """``query``: claims on standard output, their number on standard error."""
    filters = filters_of(args)
    with ClaimStore.open(settings.store, read_only=True) as store, output(None) as out:
        selection = Selection(store, filters)
        for found in islice(_found(selection, args.limit), args.limit):
            words = json.dumps(claim_object(found, selection), ensure_ascii=False) if args.json else claim_line(found)
            out.write(words + "\n")
        say(f"{some(store.count(filters), 'claim')} found.")
    return OK


def _found(selection: Selection, limit: int | None) -> Iterator[FoundClaim]:
    """A few claims are asked for by number, so that the store need not be read to its end."""
    return selection.claims(limit)


def claim_object(found: FoundClaim, selection: Selection) -> dict[str, Any]:
    """A claim with its places as JSON can hold it."""
    located = {place.key: place_properties(place) | {"lat": place.lat, "lon": place.lon}
               for place in selection.places(found)}  # fmt: skip
    places = [
        {"text": words.text, "start": words.start, "end": words.end} | located.get(words.place_key or "", {})
        for words in found.row.places
    ]
    return dict(properties(found, selection)) | {"places": places}


def claim_line(found: FoundClaim) -> str:
    """One line without control characters: a terminal obeys them, and reports are hostile text."""
    where = "; ".join(name for _, name in found.places)
    line = " | ".join(part for part in (headline(found), where, source_line(found)) if part)
    return plain(line)
