"""One sense a report: which mentions are taken to mean the same place.

Mentions of one name share a sense, except where a container follows ("Paris, Texas" beside "Paris, France"): those
with the same container share one, and a mention without any belongs to the nearest one before it.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from geo.candidates import NOBODY, Bearers, bearers, sense_key
from geo.features import Group, Mention
from geo.gazetteer import Gazetteer
from geo.model import PlaceQuery
from geo.records import OFFICIAL

_CONTAINER_GAP = 3
"""A name at most this many characters after another ("X, Y"; "X (Y)") may be its container."""


@dataclass(slots=True)
class _Sense:
    name: str
    bearers: Bearers
    mentions: list[Mention] = field(default_factory=list)


def group_queries(gazetteer: Gazetteer, queries: Sequence[PlaceQuery]) -> tuple[list[Group], list[int | None]]:
    """Groups of one sense each, and the group of every query; None for names that no gazetteer has."""
    found = [bearers(gazetteer, query.name) for query in queries]
    containers = _containers(gazetteer, queries, found)
    senses: dict[tuple[str, str], _Sense] = {}
    latest: dict[str, str] = {}
    keys: list[tuple[str, str] | None] = [None] * len(queries)
    for index in sorted(range(len(queries)), key=lambda i: queries[i].start):
        if found[index] is NOBODY:
            continue
        name = sense_key(queries[index].name)
        inside = containers[index]
        container = inside.name if inside else latest.get(name, "")
        latest[name] = container
        keys[index] = name, container
        bearers_inside = inside.bearers if inside else found[index]
        sense = senses.setdefault((name, container), _Sense(queries[index].name, bearers_inside))
        sense.mentions.append(_mention(queries[index]))
    order = {key: number for number, key in enumerate(senses)}
    groups = [Group(s.name, s.bearers, tuple(s.mentions)) for s in senses.values()]
    return [*groups, *_written_containers(gazetteer, groups)], [order[key] if key else None for key in keys]


def _mention(query: PlaceQuery) -> Mention:
    return Mention(query.start, query.start + len(query.phrase), query.locative)


@dataclass(frozen=True, slots=True)
class _Inside:
    """A name that stands in its container: the container's name, and the bearers that lie in it."""

    name: str
    bearers: Bearers


def _containers(gazetteer: Gazetteer, queries: Sequence[PlaceQuery], found: Sequence[Bearers]) -> list[_Inside | None]:
    """For every query the name right after it if that may contain it, else None."""
    names: list[_Inside | None] = [None] * len(queries)
    order = sorted(range(len(queries)), key=lambda i: queries[i].start)
    for i, j in itertools.pairwise(order):
        gap = queries[j].start - queries[i].start - len(queries[i].phrase)
        if 0 <= gap <= _CONTAINER_GAP and sense_key(queries[i].name) != sense_key(queries[j].name):
            within = _within(gazetteer, found[i], found[j])
            names[i] = _Inside(sense_key(queries[j].name), within) if within.postings else None
    return names


def _within(gazetteer: Gazetteer, inner: Bearers, outer: Bearers) -> Bearers:
    """The bearers of the first name that lie in a country or first-order unit of the second name.

    Nobody when the first name is that of a country or capital and the second one a country: that is a list of them
    ("Jordan, Lebanon"), whatever village of Lebanon may be called Jordan. For the same reason only a place whose own
    name it is may lie in a unit then ("Washington, New York and Boston").
    """
    held = {gazetteer.country(p.row) for p in outer.postings if gazetteer.kind(p.row) == "country"}
    units = {p.row for p in outer.postings if gazetteer.kind(p.row) == "admin1"}
    inside = tuple(
        p for p in inner.postings
        if gazetteer.kind(p.row) != "country"
        and (gazetteer.country(p.row) in held or gazetteer.admin1_row(p.row) in units)
    )  # fmt: skip
    leads = bool(inner.postings) and _leads(gazetteer, inner)
    if leads and held and gazetteer.country(inner.postings[0].row) not in held:
        inside = tuple(p for p in inside if gazetteer.admin1_row(p.row) in units)
    if leads and not held:
        inside = tuple(p for p in inside if p.rank == OFFICIAL or p.row == inner.postings[0].row)
    return replace(inner, postings=inside)


def _leads(gazetteer: Gazetteer, inner: Bearers) -> bool:
    """True when the most prominent bearer is a country or a capital."""
    row = inner.postings[0].row
    return gazetteer.kind(row) == "country" or gazetteer.is_capital(row)


def _written_containers(gazetteer: Gazetteer, groups: Sequence[Group]) -> list[Group]:
    """The container that stands in the name itself ("Paris, Texas"), as a group of its own right after the mention."""
    extra = []
    for group in groups:
        if group.bearers.inside is not None:
            outer = bearers(gazetteer, group.bearers.inside)
            if outer.postings:
                at = tuple(
                    Mention(m.end + 1, m.end + 1 + len(group.bearers.inside), m.locative) for m in group.mentions
                )
                extra.append(Group(group.bearers.inside, outer, at))
    return extra
