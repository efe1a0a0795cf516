"""One sense a report: which mentions are taken to mean the same place.

Mentions of one name share a sense, except where a container follows ("Paris, Texas" beside "Paris, France"): those
with the same container share one, and a mention without any belongs to the nearest one before it.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from geo.candidates import NOBODY, Bearers, bearers, sense_key
from geo.features import Group, Mention
from geo.gazetteer import Gazetteer
from geo.model import PlaceQuery

_CONTAINER_GAP = 3
"""A name at most this many characters after another ("X, Y"; "X (Y)") may be its container."""
_CONTAINERS = frozenset({"country", "admin1"})


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
        container = containers[index] or latest.get(name, "")
        latest[name] = container
        keys[index] = name, container
        sense = senses.setdefault((name, container), _Sense(queries[index].name, found[index]))
        sense.mentions.append(_mention(queries[index]))
    order = {key: number for number, key in enumerate(senses)}
    groups = [Group(s.name, s.bearers, tuple(s.mentions)) for s in senses.values()]
    return [*groups, *_written_containers(gazetteer, groups)], [order[key] if key else None for key in keys]


def _mention(query: PlaceQuery) -> Mention:
    return Mention(query.start, query.start + len(query.phrase), query.locative)


def _containers(gazetteer: Gazetteer, queries: Sequence[PlaceQuery], found: Sequence[Bearers]) -> list[str]:
    """For every query the name right after it if that may contain it, else an empty string."""
    names = [""] * len(queries)
    order = sorted(range(len(queries)), key=lambda i: queries[i].start)
    for i, j in itertools.pairwise(order):
        gap = queries[j].start - queries[i].start - len(queries[i].phrase)
        if 0 <= gap <= _CONTAINER_GAP and _may_contain(gazetteer, found[i], found[j]):
            names[i] = sense_key(queries[j].name)
    return names


def _may_contain(gazetteer: Gazetteer, inner: Bearers, outer: Bearers) -> bool:
    """True when some bearer of the second name is a country or first-order unit of some bearer of the first."""
    held = {gazetteer.country(p.row) for p in outer.postings if gazetteer.kind(p.row) == "country"}
    units = {p.row for p in outer.postings if gazetteer.kind(p.row) == "admin1"}
    return any(
        gazetteer.kind(p.row) != "country"
        and (gazetteer.country(p.row) in held or gazetteer.admin1_row(p.row) in units)
        for p in inner.postings
    )


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
