"""The whole chain on texts of our own, against what a careful reader finds in them.

``samples.toml`` and ``sentences.toml`` hold the expectations, ``known_misses.toml`` those that are not met yet, each
with the reason: a miss that is met makes the test fail until its line is taken out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest
from geopy.distance import great_circle

from extract.model import Report
from pipeline.run import Engine
from pipeline.samples import sample_reports
from pipeline.settings import Settings

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    name: str
    report: Report
    expected: Mapping[str, list[dict[str, Any]]]


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text("utf-8"))


def cases() -> Iterator[Case]:
    samples = {report.id: report for report in sample_reports()}
    for name, expected in read("samples.toml").items():
        yield Case(name, samples[name], expected)
    for name, expected in read("sentences.toml").items():
        yield Case(name, Report(text=expected["text"], id=name), expected)


CASES = {case.name: case for case in cases()}
MISSES: Mapping[str, Mapping[str, str]] = read("known_misses.toml")


def expectations(part: str) -> list[Any]:
    """One parameter for each case that says something of ``part``; known misses must fail."""
    found = []
    for case in CASES.values():
        if part in case.expected:
            reason = MISSES.get(case.name, {}).get(part)
            marks = [pytest.mark.xfail(reason=reason, strict=True, raises=AssertionError)] if reason else []
            found.append(pytest.param(case, id=case.name, marks=marks))
    return found


@lru_cache(maxsize=1)
def engine() -> Engine:
    return Engine.load(Settings(store=Path("unused")))


@cache
def annotation(name: str) -> dict[str, Any]:
    return engine().annotate(CASES[name].report).to_json()


def count(found: Mapping[str, Any]) -> dict[str, Any]:
    fields = ("text", "low", "high", "kind", "whose", "claimant", "places")
    return {name: found[name] for name in fields}


def statement(found: Mapping[str, Any]) -> dict[str, Any]:
    fields = {name: found[name] for name in ("side", "mode")}
    return {"content": found["content"]["text"], "speaker": found["speaker_name"], **fields}


def filled(expected: Mapping[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: expected.get(name) for name in fields}


@pytest.mark.parametrize("case", expectations("counts"))
def test_every_count_is_found_as_a_reader_finds_it_and_no_other(case: Case) -> None:
    fields = ("text", "low", "high", "kind", "whose", "claimant", "places")
    found = annotation(case.name)["counts"]
    assert [count(item) for item in found] == [filled(item, fields) for item in case.expected["counts"]]


@pytest.mark.parametrize("case", expectations("statements"))
def test_every_statement_is_found_with_its_speaker_and_no_other(case: Case) -> None:
    fields = ("content", "speaker", "side", "mode")
    found = sorted((statement(item) for item in annotation(case.name)["statements"]), key=str)
    expected = sorted((filled(item, fields) for item in case.expected["statements"]), key=str)
    for one, other in zip(found, expected, strict=False):
        one.update({name: "*" for name, value in other.items() if value == "*"})
    assert found == expected


@pytest.mark.parametrize("case", expectations("places"))
def test_every_place_is_where_it_is(case: Case) -> None:
    found = annotation(case.name)["places"]
    for place in case.expected["places"]:
        near = [distance(item, place) for item in found if item["text"] == place["text"] and item["lat"] is not None]
        assert near, f"{place['text']} is not located"
        assert min(near) <= place["km"], f"{place['text']} is {min(near):.0f} km off"


def distance(found: Mapping[str, Any], place: Mapping[str, Any]) -> float:
    return float(great_circle((found["lat"], found["lon"]), (place["lat"], place["lon"])).km)


@pytest.mark.parametrize("name", CASES)
def test_all_words_are_anchored_in_the_report(name: str) -> None:
    text = CASES[name].report.text
    for span in spans(annotation(name)):
        assert text[span["start"] : span["end"]] == span["text"]


def spans(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "start" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from spans(item)


def test_known_misses_name_cases_and_parts_that_exist() -> None:
    for name, parts in MISSES.items():
        assert set(parts) <= set(CASES[name].expected), name
