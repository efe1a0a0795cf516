"""``python -m bench``: measure quality and speed, compare with the floors, exit 1 when one does not hold."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench import ingest, metonymy, quality, size, speed
from bench.corpora import corpora
from bench.floors import Floors, Verdict
from errors import ClaimAtlasError
from extract.model import Report
from pipeline.run import Engine
from pipeline.settings import Settings


def parser() -> argparse.ArgumentParser:
    """The command line."""
    ap = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    ap.add_argument("--gold", type=Path, help="folder of the gold corpora (stories/, geo/ …); without it only speed")
    ap.add_argument("--scorer", type=Path, help="the corpora's scorer (default: score/score.py beside the gold folder)")
    ap.add_argument("--polnear", action="store_true", help="score PolNeAR's dev part too (minutes)")
    ap.add_argument("--no-speed", action="store_true", help="quality only")
    ap.add_argument("--raise", dest="raise_floors", action="store_true", help="take better figures in as new floors")
    ap.add_argument("--lower", metavar="REASON", help="take worse ones in too; put the reason into CHANGELOG.md")
    return ap


def main(argv: list[str] | None = None) -> int:
    """Run; 0 when every figure holds, 1 when one falls below its floor, 2 for bad input."""
    args = parser().parse_args(argv)
    try:
        return run(args)
    except ClaimAtlasError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2


def run(args: argparse.Namespace) -> int:
    """Measure what was asked for, print it, judge it, and keep new floors when told to."""
    engine = Engine.load(Settings.from_env())
    measured = metonymy.measure(engine.extractor)
    checksums = {"metonymy": metonymy.checksum()}
    stories: list[Report] = []
    if args.gold:
        found = corpora(args.gold, polnear=args.polnear)
        checksums |= {corpus.name: corpus.checksum for corpus in found}
        stories = [report for corpus in found if corpus.scoring == "stories" for report in corpus.reports()]
        measured |= quality.measure(found, engine, args.scorer or args.gold.parent / "score" / "score.py")
    else:
        print("No gold folder given: of quality only the kinds of place names are measured (make bench GOLD=folder).")
    if not args.no_speed:
        measured |= speed.measure(engine, stories)
        measured |= ingest.measure(engine, stories)
        measured |= size.measure(engine)
    floors = Floors.load()
    verdicts = floors.judge(measured, checksums)
    for verdict in verdicts:
        print(line(verdict))
    if args.raise_floors or args.lower:
        floors.raised(measured, checksums, lower=bool(args.lower)).save()
    failed = sum(not verdict.passed for verdict in verdicts)
    print(f"gates: {len(verdicts) - failed} passed, {failed} failed")
    return 1 if failed and not args.lower else 0


def line(verdict: Verdict) -> str:
    """One figure as a line of the report."""
    bound = "no floor" if verdict.floor is None else f"{'<=' if verdict.ceiling else '>='} {verdict.floor:.4f}"
    return f"{'ok  ' if verdict.passed else 'FAIL'} {verdict.name:44} {verdict.figure:9.4f}  {bound}"


if __name__ == "__main__":
    sys.exit(main())
