"""What a reviewer looks at: which queue, which claim of it, and what was decided in this visit.

The queue's choices and the claim are in the session, and in the address as its copy. A decision moves on to the next
claim of the queue as it stood, and a problem is kept to be told by the run that follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import streamlit as st

from dashboard import address, resources, state
from dashboard.sides import Palette
from errors import ClaimAtlasError
from store.claims import ClaimStore
from store.filters import Filters
from store.reviewing import Doubt
from store.reviews import Review
from store.schema import COUNT_KINDS, MODES, REVIEW_STATES

MOST: Final = 500
"""Most claims that the queue shows at once."""
STATE_PARAMETER: Final = "review"
KIND_PARAMETER: Final = "kind"
UNPLACED_PARAMETER: Final = "unplaced"
KINDS: Final = ("", "numbers", "statements", *COUNT_KINDS, *MODES)
"""What the queue may be limited to; empty for everything."""

_WRITTEN: Final = "ca_review_address"
_SHOWN: Final = "ca_review_shown"
_CLAIM: Final = "ca_review_claim"
_ROUND: Final = "ca_review_round"
_DONE: Final = "ca_review_done"
_TOLD: Final = "ca_review_told"
_PROBLEM: Final = "ca_review_problem"
_KNOWN: Final = "ca_review_known"
_FILLED: Final = "ca_review_filled"
_KEPT: Final = "ca_review_kept"
_MOST_NAMES: Final = 400

Told = Literal["decided", "undone"]


@dataclass(frozen=True, slots=True)
class Shown:
    """Which claims are in the queue: their review state, their kind, and whether only those not wholly placed."""

    state: str = "none"
    kind: str = ""
    unplaced: bool = False

    @property
    def filters(self) -> Filters:
        """The same as the store's filters."""
        kinds = COUNT_KINDS if self.kind == "numbers" else tuple(kind for kind in COUNT_KINDS if kind == self.kind)
        modes = MODES if self.kind == "statements" else tuple(mode for mode in MODES if mode == self.kind)
        return Filters(reviews=(self.state,), kinds=kinds, modes=modes)


@dataclass(frozen=True, slots=True)
class Queue:
    """Claims to be decided about, the most doubtful first, at most :data:`MOST`; ``total`` counts them all.

    ``more`` when there are others that were not counted, so that ``total`` is the least that there are.
    """

    doubts: tuple[Doubt, ...]
    total: int
    more: bool = False

    @property
    def is_long(self) -> bool:
        """True when not all of it is listed."""
        return self.more or self.total > len(self.doubts)

    def index(self, claim_id: str | None) -> int | None:
        """Where a claim stands, from 0; None when it is not in the queue."""
        return next((i for i, doubt in enumerate(self.doubts) if doubt.found.row.id == claim_id), None)


@dataclass(frozen=True, slots=True)
class Known:
    """What a visit needs of the whole store, as it was when the visit began: colours of sides, names of actors."""

    palette: Palette
    names: tuple[str, ...]


def read_address() -> None:
    """Take queue and claim from the address, if it is not as this session left it."""
    given = address.news(_WRITTEN)
    if given is None:
        return
    st.session_state[_SHOWN] = Shown(
        _one_of(given.get(STATE_PARAMETER), REVIEW_STATES, "none"),
        _one_of(given.get(KIND_PARAMETER), KINDS, ""),
        given.get(UNPLACED_PARAMETER) == ["1"],
    )
    claim = address.last(given, state.CLAIM_PARAMETER)
    look_at(claim if claim and resources.claim(claim) else None)


def write_address() -> None:
    """Make the address a link to what is shown."""
    now = shown()
    chosen = {
        STATE_PARAMETER: now.state if now.state != "none" else None, KIND_PARAMETER: now.kind,
        UNPLACED_PARAMETER: "1" if now.unplaced else None, state.CLAIM_PARAMETER: claim(),
    }  # fmt: skip
    address.write(_WRITTEN, {name: [value] for name, value in chosen.items() if value})


def shown() -> Shown:
    """Which claims are in the queue."""
    found = st.session_state.get(_SHOWN)
    return found if isinstance(found, Shown) else Shown()


def show(wanted: Shown) -> None:
    """Look at another queue, from its beginning."""
    st.session_state[_SHOWN] = wanted
    look_at(None)


def show_undecided() -> None:
    """Look at everything that is not decided, as a visit begins."""
    show(Shown())


def queue() -> Queue:
    """The queue, as of now."""
    return resources.asked(read_queue, shown().filters, shown().unplaced)


def read_queue(store: ClaimStore, filters: Filters, unplaced: bool) -> Queue:
    """The claims that pass, the most doubtful first."""
    doubts = tuple(store.queue(filters, unplaced=unplaced, limit=MOST + 1))
    if len(doubts) <= MOST:
        return Queue(doubts, len(doubts))
    if unplaced:  # to count them would take as long as to look for them all
        return Queue(doubts[:MOST], MOST, more=True)
    return Queue(doubts[:MOST], store.count(filters))


def known() -> Known:
    """Colours and names. They stay as they are while the visit lasts: every decision changes the store."""
    found = st.session_state.get(_KNOWN)
    if not isinstance(found, Known):
        palette = resources.overview().palette
        found = st.session_state[_KNOWN] = Known(palette, resources.asked(read_names))
    return found


def read_names(store: ClaimStore) -> tuple[str, ...]:
    """Those who claim and for whom they speak, most claims first."""
    voices = [*store.voices(Filters(), "claimant")[:_MOST_NAMES], *store.voices(Filters(), "side")[:_MOST_NAMES]]
    return tuple(dict.fromkeys(voice.name for voice in sorted(voices, key=lambda voice: -voice.n)))


def claim() -> str | None:
    """Id of the claim that is looked at; None for the first of the queue."""
    found = st.session_state.get(_CLAIM)
    return found if isinstance(found, str) else None


def look_at(claim_id: str | None) -> None:
    """Look at a claim; what was changed and not saved in another one is dropped, and so is what was told."""
    st.session_state[_CLAIM] = claim_id
    for told in (_TOLD, _PROBLEM, _FILLED):
        st.session_state.pop(told, None)
    begin_anew()


def looked_at(queue: Queue) -> str | None:
    """The claim to show: the one that was chosen, else the one that was shown last while it is in the queue, else the
    first. Another may have become the first while the form of the last one is being filled in."""
    last: str | None = claim() or st.session_state.get(_FILLED)
    if claim() or queue.index(last) is not None:
        return last
    return queue.doubts[0].found.row.id if queue.doubts else None


def fill_from(claim_id: str) -> None:
    """Begin the form anew when it holds what was read in another claim."""
    if st.session_state.get(_FILLED, claim_id) != claim_id:
        begin_anew()
    st.session_state[_FILLED] = claim_id


def keep(keys: Iterable[str]) -> None:
    """Remember what stands in these widgets, before all else on every run: Streamlit forgets those that a run does not
    draw, and while the store cannot be read none is drawn."""
    now = {key: st.session_state[key] for key in keys if key in st.session_state}
    if now:
        st.session_state[_KEPT] = now


def start(key: str, value: object) -> None:
    """Give a widget its first value: what stood in it before it was forgotten, else ``value``."""
    kept: Mapping[str, object] = st.session_state.get(_KEPT, {})
    st.session_state.setdefault(key, kept.get(key, value))


def begin_anew() -> None:
    """Fill the form from the claim again."""
    st.session_state[_ROUND] = rounds() + 1


def rounds() -> int:
    """How often the form was filled: part of its widgets' keys."""
    return int(st.session_state.get(_ROUND, 0))


def decide(do: Callable[[ClaimStore], Sequence[Review]], following: Sequence[str]) -> None:
    """Write a decision, and go on to the first of those that follow which it leaves; a problem changes nothing."""
    made = _written(do)
    if made:
        done = [*st.session_state.get(_DONE, ()), made[0].id]
        st.session_state[_DONE] = done
        decided = {review.claim for review in made}
        look_at(next((claim_id for claim_id in following if claim_id not in decided), None))
        st.session_state[_TOLD] = ("decided", tuple(made))


def undo(review_id: str) -> None:
    """Take a decision back and look at its claim."""
    made = _written(lambda store: store.undo_review(review_id))
    if made:
        undone = {review.undoes for review in made}
        st.session_state[_DONE] = [id_ for id_ in st.session_state.get(_DONE, ()) if id_ not in undone]
        look_at(made[0].claim if resources.claim(made[0].claim) else None)
        st.session_state[_TOLD] = ("undone", tuple(made))


def last_decision() -> str | None:
    """Id of the last decision of this visit that stands; None when there is none."""
    done: list[str] = st.session_state.get(_DONE, [])
    return done[-1] if done else None


def told() -> tuple[Told, tuple[Review, ...]] | None:
    """What was written last; None once another claim is looked at."""
    found: tuple[Told, tuple[Review, ...]] | None = st.session_state.get(_TOLD)
    return found


def problem() -> ClaimAtlasError | None:
    """What kept the last decision from being written; None once it was made, or another claim is looked at."""
    found: ClaimAtlasError | None = st.session_state.get(_PROBLEM)
    return found


def _written(do: Callable[[ClaimStore], Sequence[Review]]) -> Sequence[Review]:
    try:
        with resources.writing() as store:
            return do(store)
    except ClaimAtlasError as error:
        st.session_state.pop(_TOLD, None)
        st.session_state[_PROBLEM] = error
        return ()


def _one_of(given: Sequence[str] | None, allowed: Sequence[str], default: str) -> str:
    return next((value for value in given or () if value in allowed), default)
