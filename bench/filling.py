"""``python -m bench.filling STORE``: a store of 10,000 reports and 300,000 claims in a minute or two.

For timings of the store and of the pages. Some hundred invented reports are annotated for good; the others are their
rows again with another text, day, outlet and claim ids, other numbers, and for half of the towns another town of the
world, so that places and values are as many as in a real collection. Words and spans stay those of the first report:
such a store is no place to read in.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from bench.synthetic import Corpus, parts
from geo.gazetteer import Gazetteer
from pipeline.as_rows import Rows
from pipeline.run import Engine
from pipeline.settings import Settings
from store.claims import ClaimStore
from store.records import ClaimRow, PlaceRow, ReportRow

REPORTS: Final = 10_000
ANNOTATED: Final = 200
_TOWNS: Final = 2_500
_BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class Filler:
    """Rows of annotated reports, and the towns that take the place of theirs."""

    first: Sequence[Rows]
    towns: Sequence[PlaceRow]
    seed: int = 1

    @classmethod
    def of(cls, corpus: Corpus, engine: Engine, *, annotated: int = ANNOTATED) -> Filler:
        """Annotate the first reports of a corpus."""
        return cls([engine.annotate(report).to_rows() for report in corpus.reports(annotated)], towns(_TOWNS))

    def rows(self, n: int) -> Iterator[Rows]:
        """Rows of ``n`` reports: the annotated ones, then their variations."""
        for i in range(n):
            yield self.first[i] if i < len(self.first) else self._varied(i)

    def _varied(self, i: int) -> Rows:
        dice = random.Random(f"{self.seed}/{i}")
        report, claims, places = self.first[i % len(self.first)]
        text = f"{report.text}\n\nThis was report number {i}."
        identity = hashlib.sha256(text.encode()).hexdigest()
        published = parts().shape["first_day"] + timedelta(days=dice.randrange(parts().shape["days"]))
        outlet = dice.choice(parts().common["outlet"])
        moved = {place.key: self._moved(place, dice) for place in places}
        mentions = tuple(replace(each, place_key=_key(each.place_key, moved)) for each in report.mentions)
        other = replace(report, id=identity, text=text, published=published, outlet=outlet, mentions=mentions)
        return other, [_claim(claim, other, moved, dice) for claim in claims], list(moved.values())

    def _moved(self, place: PlaceRow, dice: random.Random) -> PlaceRow:
        """A town is another one half of the time: the first towns of the list often, the last ones seldom."""
        if place.precision != "city" or dice.random() < 0.5:
            return place
        return self.towns[int(len(self.towns) * dice.random() ** 3)]


def _claim(claim: ClaimRow, report: ReportRow, moved: dict[str, PlaceRow], dice: random.Random) -> ClaimRow:
    low, high = _bounds(claim, dice.choice((0.5, 0.8, 1.0, 1.0, 1.2, 2.0)))
    places = tuple(replace(p, place_key=_key(p.place_key, moved)) for p in claim.places)
    said_at = _key(claim.said_at, moved)
    identity = hashlib.sha256(f"{report.id}{claim.id}".encode()).hexdigest()[:16]
    return replace(claim, id=identity, report_id=report.id, places=places, low=low, high=high, said_at=said_at)


def _key(key: str | None, moved: dict[str, PlaceRow]) -> str | None:
    return moved[key].key if key else None


def _bounds(claim: ClaimRow, factor: float) -> tuple[int | None, int | None]:
    return (
        None if claim.low is None else round(claim.low * factor),
        None if claim.high is None else round(claim.high * factor),
    )


def towns(n: int) -> list[PlaceRow]:
    """The ``n`` most prominent towns of the gazetteer."""
    gazetteer = Gazetteer.open()
    rows = (gazetteer.at(row) for row in gazetteer.iter_rows() if gazetteer.kind(row) == "city")
    found = islice((place for place in rows if place.precision == "city"), n)
    return [
        PlaceRow(p.key, p.name, p.lat, p.lon, p.precision, p.radius_km, p.country, p.geonameid, source=p.source)
        for p in found
    ]


def fill(path: Path, filler: Filler, *, reports: int = REPORTS) -> int:
    """Fill a new store; the number of claims in it."""
    claims, rows = 0, filler.rows(reports)
    with ClaimStore.open(path) as store:
        while batch := list(islice(rows, _BATCH)):
            store.add_many(batch)
            claims += sum(len(found) for _, found, _ in batch)
    return claims


def main(argv: list[str] | None = None) -> int:
    """Fill the store of the path that is given."""
    ap = argparse.ArgumentParser(prog="python -m bench.filling", description=__doc__)
    ap.add_argument("store", type=Path, help="the file to make")
    ap.add_argument("--reports", type=int, default=REPORTS, help=f"how many (default {REPORTS:,})")
    ap.add_argument("--annotated", type=int, default=ANNOTATED, help=f"how many for good (default {ANNOTATED})")
    args = ap.parse_args(argv)
    if args.store.exists():
        ap.error(f"{args.store} exists already")
    start = time.monotonic()
    filler = Filler.of(Corpus(), Engine.load(Settings.from_env()), annotated=args.annotated)
    claims = fill(args.store, filler, reports=args.reports)
    print(f"{args.reports:,} reports, {claims:,} claims, {args.store.stat().st_size / claims:,.0f} bytes a claim, "
          f"{time.monotonic() - start:.0f} s")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
