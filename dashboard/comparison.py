"""What those compared say: claims of the store, put side by side. Imports no streamlit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from dashboard.choice import narrowed
from dashboard.lines import ClaimLine, from_found, from_row
from dashboard.sides import parts_of
from dashboard.wording import REPORTER
from store.claims import ClaimStore
from store.comparing import Role, Spoken, Voice
from store.filters import Filters
from store.index import Index
from store.records import ClaimRow
from store.rivals import RivalGroup
from store.schema import COUNT_KINDS, MODES

SHARED: Final = 40
"""Most places of which it is shown side by side what each says."""
_DISAGREE: Final = 1000
"""How many meetings a disagreement outweighs when two are proposed."""
_LOOKED_AT: Final = 60
_NEWEST: Final = 20
"""Rival counts and claims of each, the newest, by which two are proposed: what a page can wait for."""
LATEST: Final = 3
"""Claims that are shown of each at a place; the matrix leads to all."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Everything the page shows of those compared.

    ``contested`` are rival counts that two of them, or one at different times, give; ``said`` are the latest claims by
    name and key of the places that at least two of them speak of.
    """

    role: Role
    voices: tuple[Voice, ...]
    places: tuple[Spoken, ...]
    kinds: Mapping[str, Mapping[str, int]]
    contested: tuple[RivalGroup, ...]
    said: Mapping[tuple[str, str], Sequence[ClaimLine]]

    @property
    def names(self) -> tuple[str, ...]:
        """Those compared."""
        return tuple(voice.name for voice in self.voices)

    @property
    def shared(self) -> tuple[Spoken, ...]:
        """Places that at least two speak of and whose claims are at hand."""
        at_hand = {key for _, key in self.said}
        return tuple(place for place in self.places if len(place.by) > 1 and place.key in at_hand)

    def only(self, name: str) -> Only:
        """What nobody else of those compared speaks of."""
        alone = {what: by[name] for what, by in self.kinds.items() if set(by) == {name}}
        return Only(
            tuple((place, place.by[name]) for place in self.places if set(place.by) == {name}),
            tuple((kind, alone[kind]) for kind in COUNT_KINDS if kind in alone),
            tuple((mode, alone[mode]) for mode in MODES if mode in alone),
        )


@dataclass(frozen=True, slots=True)
class Only:
    """What one alone speaks of: places, kinds of numbers and manners of speech, each with its number of claims."""

    places: tuple[tuple[Spoken, int], ...]
    kinds: tuple[tuple[str, int], ...]
    modes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """One claimant's figures of a group: ``figures`` are the claim's index in the group and its line, by date.

    ``outlet`` tells whose voice it is where the report itself speaks; None otherwise.
    """

    claimant: str | None
    side: str | None
    outlet: str | None
    figures: tuple[tuple[int, ClaimLine], ...]


def voices(store: ClaimStore, filters: Filters, role: Role) -> list[Voice]:
    """Everybody who can be compared."""
    return store.voices(filters, role)


def proposed(store: ClaimStore, index: Index, filters: Filters, role: Role) -> tuple[str, ...]:
    """The two that disagree over most of the largest rival counts, or at least meet in most; else the two with most
    claims.

    Fewer when there are no two.
    """
    rivalry: Counter[tuple[str, str]] = Counter()
    for group in store.rivals(filters, limit=_LOOKED_AT, members=_NEWEST, index=index):
        made = [[name for name in made_by(claim, role) if name != REPORTER] for claim in group.claims]
        for first, second in combinations(made, 2):
            rivalry.update(_pairs(first, second))
        for item in group.disagreements:
            rivalry.update(dict.fromkeys(_pairs(made[item.first], made[item.second]), _DISAGREE))
    if rivalry:
        return min(rivalry, key=lambda pair: (-rivalry[pair], pair))
    return tuple(voice.name for voice in store.voices(filters, role) if voice.name != REPORTER)[:2]


def _pairs(first: Sequence[str], second: Sequence[str]) -> set[tuple[str, str]]:
    return {(min(one, other), max(one, other)) for one in first for other in second if one != other}


def ask(store: ClaimStore, filters: Filters, role: Role, names: tuple[str, ...]) -> Compared:
    """Ask the store for everything the page shows of ``names``."""
    found = store.compare(filters, role, names)
    wanted = [place.key for place in found.places if len(place.by) > 1]
    keys = [key for key in wanted if key in filters.places or not filters.places][:SHARED]
    said = store.said(filters, role, names, keys, most=LATEST)
    groups = (group for group in store.rivals(narrowed(filters, role, names)) if lanes(group, role, names))
    return Compared(
        role,
        found.voices,
        found.places,
        found.kinds,
        tuple(sorted(groups, key=lambda group: -len(_present(group, role, names)))),
        {cell: [from_found(item) for item in claims] for cell, claims in said.items()},
    )


def made_by(claim: ClaimRow | Lane, role: Role) -> list[str]:
    """The single names that make a claim, or for whom it is made."""
    return parts_of(claim.side if role == "side" else claim.claimant)


def lanes(group: RivalGroup, role: Role, names: Sequence[str]) -> list[Lane]:
    """The figures of those compared, claimant by claimant, in the order of ``names`` and then of their first figure."""
    found: dict[tuple[str | None, str | None, str | None], list[tuple[int, ClaimLine]]] = {}
    outlets = group.outlets or (None,) * len(group.claims)
    for index, (claim, when, outlet) in enumerate(zip(group.claims, group.dates, outlets, strict=True)):
        if set(made_by(claim, role)) & set(names):
            voice = (claim.claimant, claim.side, outlet if claim.claimant == REPORTER else None)
            found.setdefault(voice, []).append((index, from_row(claim, when)))
    made = [Lane(*voice, figures=tuple(figures)) for voice, figures in found.items()]
    return sorted(made, key=lambda lane: _rank(lane, role, names))


def _rank(lane: Lane, role: Role, names: Sequence[str]) -> int:
    return min(names.index(name) for name in made_by(lane, role) if name in names)


def _present(group: RivalGroup, role: Role, names: Sequence[str]) -> set[str]:
    return {name for claim in group.claims for name in made_by(claim, role)} & set(names)
