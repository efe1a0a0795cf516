"""``review``: the queue of claims, decisions about them, the log, and the log as a file."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, cast

from pipeline.batch import Rejected
from pipeline.commands.query import claim_line, claim_object
from pipeline.console import (
    NOTHING_DONE,
    OK,
    SOME_SET_ASIDE,
    OutputError,
    add_command,
    add_filters,
    filters_of,
    natural,
    output,
    plain,
    say,
    set_aside,
    some,
)
from pipeline.reviewing import gazetteer_places, lines_of, places_named, take_in
from pipeline.settings import Settings
from pipeline.spoken_edits import changes_of
from store.claims import ClaimStore
from store.errors import ReviewError
from store.exports.export import Selection
from store.review_lines import review_object
from store.reviewing import UNREVIEWED, Within
from store.reviews import Action, Review, written

_DECISIONS: Final[dict[str, tuple[Action, str]]] = {
    "accept": ("accept", "the claims are as their reports have them"),
    "reject": ("reject", "the claims are none, or wrong beyond mending: they leave the map, lists and exports"),
    "not-identifiable": ("not_identifiable", "nobody can tell from the report what is right"),
}


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Its words."""
    command = add_command(
        commands,
        "review",
        help="decide about claims: list the doubtful, accept, edit, reject, undo; export and import the log",
        description="Decide about claims. Every decision is kept in a log that only grows, and can be undone.",
    )
    steps = command.add_subparsers(title="what to do", dest="step", required=True, metavar="STEP")
    _add_queue(_step(steps, "queue", "list claims that nobody has decided about, the most doubtful first", _queue))
    for name, (_, meaning) in _DECISIONS.items():
        step = _step(steps, name, meaning, _decide)
        step.add_argument("claims", metavar="CLAIM", nargs="+", help="id of a claim")
        step.add_argument("--reason", metavar="TEXT", help="why, for the log")
    _add_edit(_step(steps, "edit", "change what a claim says", _edit))
    undo = _step(steps, "undo", "take decisions back", _undo)
    undo.add_argument("ids", metavar="ID", nargs="+", help="a row of the log, or a claim for its last decision")
    undo.add_argument("--reason", metavar="TEXT", help="why, for the log")
    log = _step(steps, "log", "print the log, newest first", _log)
    log.add_argument("--claim", metavar="ID", help="only of this claim")
    log.add_argument("--orphaned", action="store_true", help="only rows whose claim is not found any more")
    log.add_argument("--limit", metavar="N", type=natural, default=None, help="the newest N only")
    _step(steps, "export", "write the log to a file of JSON lines", _export).add_argument("file", type=Path)
    _step(steps, "import", "take a file of `review export` in", _import).add_argument("file", type=Path)


def _step(
    steps: argparse._SubParsersAction[argparse.ArgumentParser], name: str, meaning: str, run: Any
) -> argparse.ArgumentParser:
    step = add_command(steps, name, help=meaning, description=meaning[0].upper() + meaning[1:] + ".")
    step.add_argument("--json", action="store_true", help="print JSON objects, one a line")
    step.set_defaults(run=run, usage_error=step.error)
    return step


def _add_queue(step: argparse.ArgumentParser) -> None:
    step.add_argument("--limit", metavar="N", type=natural, default=20, help="how many claims (20)")
    step.add_argument("--unplaced", action="store_true", help="only claims with words that could not be placed")
    add_filters(step)


def _add_edit(step: argparse.ArgumentParser) -> None:
    step.add_argument("claim", metavar="CLAIM", help="id of a claim")
    step.add_argument("--set", metavar="FIELD=VALUE", action="append", default=[], dest="fields",
                      help="claimant, side, whose, low, high, low_open, high_open, approx, count_kind, mode, start, "
                      "end; no VALUE: not known")  # fmt: skip
    step.add_argument("--place", metavar="WORDS=KEY", action="append", default=[], dest="places",
                      help="what these words of the claim mean; no KEY: they cannot be placed")  # fmt: skip
    step.add_argument("--within", choices=("claim", "report", "store"), default="claim",
                      help="where else the same words, read the same way, are corrected too")  # fmt: skip
    step.add_argument("--preview", action="store_true", help="only tell how many claims it would change")
    step.add_argument("--reason", metavar="TEXT", help="why, for the log")


def _queue(args: argparse.Namespace, settings: Settings) -> int:
    filters = filters_of(args)
    chosen = filters if filters.reviews else replace(filters, reviews=UNREVIEWED.reviews)
    with ClaimStore.open(settings.store, read_only=True) as store, output(None) as out:
        selection = Selection(store, chosen)
        for doubt in store.queue(chosen, unplaced=args.unplaced, limit=args.limit):
            if args.json:
                words = json.dumps(claim_object(doubt.found, selection) | {"sure": doubt.sure}, ensure_ascii=False)
            else:
                words = f"{doubt.found.row.id} | {doubt.sure:.0%} | {claim_line(doubt.found)}"
            out.write(words + "\n")
        say(f"{some(store.count(chosen), 'claim')} to review.")
    return OK


def _decide(args: argparse.Namespace, settings: Settings) -> int:
    action = _DECISIONS[args.step][0]
    with ClaimStore.open(settings.store) as store:
        return _each(args, args.claims, lambda claim: store.review(claim, action, reason=args.reason))


def _undo(args: argparse.Namespace, settings: Settings) -> int:
    with ClaimStore.open(settings.store) as store:
        return _each(args, args.ids, lambda id_: store.undo_review(_standing(store, id_), reason=args.reason))


def _standing(store: ClaimStore, id_: str) -> str:
    """The row to undo: the one of that id, or the last that stands of the claim of that id."""
    if store.claim(id_) is None:
        return id_
    found = next((row for row in store.reviews(id_) if row.action != "undo" and not row.undone), None)
    if found is None:
        raise ReviewError(f"Nothing was decided about claim {id_} that could be undone.")
    return found.id


def _each(args: argparse.Namespace, ids: Sequence[str], decide: Any) -> int:
    """Decide about each; one that cannot be done is set aside, the others are done."""
    made: list[Review] = []
    refused: list[Rejected] = []
    for id_ in dict.fromkeys(ids):
        try:
            made += decide(id_)
        except ReviewError as error:
            refused.append(Rejected(id_, str(error)))
            set_aside(refused[-1])
    _show(made, as_json=args.json)
    say(f"{some(len(made), 'row')} added to the log.")
    if not made:
        return NOTHING_DONE
    return SOME_SET_ASIDE if refused else OK


def _edit(args: argparse.Namespace, settings: Settings) -> int:
    if not args.fields and not args.places:
        args.usage_error("say what to change: --set FIELD=VALUE, or --place WORDS=KEY")
    with ClaimStore.open(settings.store) as store:
        claim = store.claim(args.claim)
        report = store.report(claim.report_id) if claim else None
        if claim is None or report is None:
            raise ReviewError(f"There is no claim {args.claim} in the store.")
        changes = changes_of(claim, report, args.fields, args.places)
        within = cast(Within, args.within)
        if args.preview:
            others = store.alike(claim.id, changes, within)
            say(f"It would change {some(1 + len(others), 'claim')}. Nothing was changed.")
            return OK
        keys = frozenset(place["key"] for place in changes.get("places", ()) if place["key"])
        places = places_named(keys, store, gazetteer_places(settings.borders))
        made = store.review(claim.id, "edit", changes=changes, places=places, reason=args.reason, within=within)
        _show(made, as_json=args.json)
        say(f"{some(len(made), 'claim')} changed.")
    return OK


def _log(args: argparse.Namespace, settings: Settings) -> int:
    with ClaimStore.open(settings.store, read_only=True) as store:
        _show(store.reviews(args.claim, orphaned=args.orphaned, limit=args.limit), as_json=args.json)
    return OK


def _show(reviews: Iterable[Review], *, as_json: bool) -> None:
    with output(None) as out:
        for review in reviews:
            told = {"undone": review.undone, "orphaned": review.orphaned}
            out.write(
                (json.dumps(review_object(review) | told, ensure_ascii=False) if as_json else _line(review)) + "\n"
            )


def _line(review: Review) -> str:
    changes = "; ".join(f"{name}: {_old(review, name)} -> {value}" for name, value in review.changes.items())
    notes = [note for note in ("undone", "orphaned") if getattr(review, note)]
    parts = (
        review.id, written(review.at)[:19], review.claim, review.action.replace("_", " "), changes,
        f"undoes {review.undoes}" if review.undoes else "", review.reason, " ".join(review.exact.split())[:120], *notes,
    )  # fmt: skip
    return plain(" | ".join(part for part in parts if part))


def _old(review: Review, name: str) -> object:
    return review.before.get(name)


def _export(args: argparse.Namespace, settings: Settings) -> int:
    with ClaimStore.open(settings.store, read_only=True) as store:
        part = args.file.with_name(args.file.name + ".part")
        n = 0
        try:
            with part.open("w", encoding="utf-8", newline="\n") as file:
                for line in lines_of(store):
                    file.write(line)
                    n += 1
            part.replace(args.file)
        except OSError as error:
            raise OutputError(f"{args.file} cannot be written ({error.strerror}); name another file.") from error
        finally:
            part.unlink(missing_ok=True)
    _tell({"rows": n}, f"{some(n, 'row')} of the log written to {args.file}.", as_json=args.json)
    return OK


def _import(args: argparse.Namespace, settings: Settings) -> int:
    with ClaimStore.open(settings.store) as store:
        done = take_in(args.file, store, gazetteer_places(settings.borders))
        orphans = len(store.reviews(orphaned=True))
    for bad in done.set_aside:
        set_aside(bad)
    told = f"{some(done.new, 'row')} taken in, {done.known:,} known before, {len(done.set_aside):,} set aside."
    waiting = f" {some(orphans, 'row')} of the log wait for a claim that is not in this store." if orphans else ""
    counts = {"new": done.new, "known": done.known, "set_aside": len(done.set_aside), "orphaned": orphans}
    _tell(counts, told + waiting, as_json=args.json)
    if not done.new + done.known and done.set_aside:
        return NOTHING_DONE
    return SOME_SET_ASIDE if done.set_aside else OK


def _tell(counts: dict[str, int], words: str, *, as_json: bool) -> None:
    if as_json:
        with output(None) as out:
            out.write(json.dumps(counts) + "\n")
    say(words)
