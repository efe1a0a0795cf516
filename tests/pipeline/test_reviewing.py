"""``review`` on the command line: decisions, the log, and the log as a file that others may have meddled with."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.gazetteer import Gazetteer
from geo.resolve import Resolver
from pipeline.command_line import NOTHING_DONE, OK, SOME_SET_ASIDE, USAGE, main, parser
from pipeline.reviewing import gazetteer_places
from store.claims import ClaimStore
from store.errors import ReviewError
from store.filters import EVERYTHING, Filters
from store.records import ClaimRow
from store.review_lines import review_object, review_of
from store.reviews import Review, identified
from tests import copied
from tests.store.claim_rows import CRIMEA, a_count, a_report

ROOT = Path(__file__).parents[2]
KHARKIV = "gn:706483"


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return use(tmp_path / "store.duckdb", monkeypatch)


def use(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLAIM_ATLAS_STORE", str(path))
    return path


@pytest.fixture
def claims(path: Path) -> list[ClaimRow]:
    """Two reports with a claim each; the first is the more doubtful."""
    made = []
    with ClaimStore.open(copied.blank(path)) as store:
        for name, confidence in (("one", 0.3), ("two", 0.8)):
            report = a_report(name)
            claim = a_count(report, name, CRIMEA, confidence=confidence)
            start = report.text.index(claim.exact)
            made.append(replace(claim, start=start, end=start + len(claim.exact)))
            store.add(report, made[-1:], [CRIMEA])
    return made


def opened(path: Path) -> ClaimStore:
    return ClaimStore.open(path, read_only=True)


def objects(capsys: pytest.CaptureFixture[str]) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


# -- deciding -----------------------------------------------------------------------------------------------------


def test_the_queue_lists_doubtful_claims_first(claims, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "queue", "--json"]) == OK
    found = objects(capsys)
    assert [item["id"] for item in found] == [claims[0].id, claims[1].id]
    assert found[0]["sure"] == 0.3
    main(["review", "queue", "--limit", "1"])
    out = capsys.readouterr()
    assert out.out.startswith(f"{claims[0].id} | 30% | Ukraine: 110,000 troops | Crimea")
    assert "2 claims to review" in out.err


@pytest.mark.parametrize(
    ("step", "state"), [("accept", "accepted"), ("reject", "rejected"), ("not-identifiable", "not_identifiable")]
)
def test_claims_are_decided_by_id(claims, path: Path, step: str, state: str, capsys) -> None:
    assert main(["review", step, claims[0].id, "--reason", "seen", "--json"]) == OK
    (row,) = objects(capsys)
    assert (row["claim"], row["after"], row["reason"]) == (claims[0].id, {"state": state}, "seen")
    with opened(path) as store:
        assert store.claim(claims[0].id).review == state


def test_one_bad_id_does_not_keep_the_others_from_being_decided(claims, path: Path, capsys) -> None:
    assert main(["review", "accept", claims[0].id, "nothing", claims[1].id]) == SOME_SET_ASIDE
    assert "set aside: nothing: There is no claim nothing" in capsys.readouterr().err
    with opened(path) as store:
        assert store.count(Filters(reviews=("accepted",))) == 2
    assert main(["review", "accept", "nothing"]) == NOTHING_DONE


def test_fields_are_edited_and_what_cannot_be_is_told(claims, path: Path, capsys) -> None:
    edit = ["review", "edit", claims[0].id]
    assert (
        main([*edit, "--set", "low=100,000", "--set", "high=", "--set", "approx=yes", "--set", "whose=Belarus"]) == OK
    )
    with opened(path) as store:
        found = store.claim(claims[0].id)
    assert (found.low, found.high, found.approx, found.whose) == (100_000, None, True, "Belarus")
    for wrong, words in (
        ("low=many", "whole number"), ("approx=perhaps", "true or false"), ("mode=deny", "no field"),
        ("low", "FIELD=VALUE"),
        ("count_kind=tanks", "one of personnel"), ("low=" + "9" * 19, "whole number"),
        ("whose=Belarus", "says so already"),
    ):  # fmt: skip
        capsys.readouterr()
        assert main([*edit, "--set", wrong]) == NOTHING_DONE, wrong
        assert words in capsys.readouterr().err, wrong
    with pytest.raises(SystemExit) as stop:
        main(edit)
    assert stop.value.code == USAGE
    assert main(["review", "edit", "nothing", "--set", "low=1"]) == NOTHING_DONE


def test_a_place_is_named_by_its_key_and_corrected_everywhere(claims, path: Path, capsys) -> None:
    edit = ["review", "edit", claims[0].id, "--place", f"Crimea={KHARKIV}", "--within", "store"]
    assert main([*edit, "--preview"]) == OK
    assert "would change 2 claims" in capsys.readouterr().err
    assert main(edit) == OK
    with opened(path) as store:
        (mark,) = store.marks(Filters())
        assert (mark.place.key, mark.place.name, mark.n) == (KHARKIV, "Kharkiv", 2)
    assert main(["review", "undo", claims[1].id]) == OK
    with opened(path) as store:
        assert [mark.place for mark in store.marks(Filters())] == [CRIMEA]
    assert main(["review", "edit", claims[0].id, "--place", "Crimea=gn:0"]) == NOTHING_DONE
    assert "No place has the key" in capsys.readouterr().err
    assert main(["review", "edit", claims[0].id, "--place", "Atlantis=gn:1"]) == NOTHING_DONE
    assert main(["review", "edit", claims[0].id, "--place", "Crimea="]) == OK
    with opened(path) as store:
        assert [mark.n for mark in store.marks(Filters())] == [1]


def test_undo_takes_the_last_decision_back(claims, path: Path, capsys) -> None:
    main(["review", "reject", claims[0].id])
    assert main(["review", "undo", claims[0].id]) == OK
    assert main(["review", "undo", claims[0].id]) == NOTHING_DONE
    assert "Nothing was decided" in capsys.readouterr().err
    main(["review", "log", "--json"])
    assert [row["action"] for row in objects(capsys)] == ["undo", "reject"]
    main(["review", "log", "--claim", claims[1].id])
    assert capsys.readouterr().out == ""


def test_a_terminal_gets_no_control_characters_of_a_report(path: Path, capsys) -> None:
    report = a_report()
    with ClaimStore.open(path) as store:
        store.add(report, [replace(a_count(report, "c"), exact="\x1b[31m" + "x" * 9)], [])
        claim = store.claims(Filters())["id"].iloc[0]
    main(["review", "reject", claim])
    main(["review", "log"])
    out = capsys.readouterr().out
    assert "[31m" in out and "\x1b" not in out


# -- the log as a file --------------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(tmp_path: Path, claims, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """Change over to another store with the same reports, as they were read."""

    def change() -> Path:
        other = use(tmp_path / "other.duckdb", monkeypatch)
        with ClaimStore.open(other) as store:
            for claim, name in zip(claims, ("one", "two"), strict=True):
                store.add(a_report(name), [claim], [CRIMEA])
        return other

    return change


def test_reviews_move_to_another_machine_and_twice_is_once(claims, path: Path, elsewhere, capsys) -> None:
    main(["review", "edit", claims[0].id, "--place", f"Crimea={KHARKIV}", "--within", "store"])
    main(["review", "reject", claims[1].id, "--reason", "Привіт\u2028"])
    assert main(["review", "export", "log.jsonl"]) == OK
    with opened(path) as store:
        before, log = store.claims(EVERYTHING), store.reviews()
    other = elsewhere()
    capsys.readouterr()
    assert main(["review", "import", "log.jsonl", "--json"]) == OK
    assert objects(capsys) == [{"new": 3, "known": 0, "set_aside": 0, "orphaned": 0}]
    assert main(["review", "import", "log.jsonl", "--json"]) == OK
    assert objects(capsys) == [{"new": 0, "known": 3, "set_aside": 0, "orphaned": 0}]
    with opened(other) as store:
        assert store.claims(EVERYTHING).equals(before)
        assert store.reviews() == log


def test_reviews_of_a_report_that_is_not_here_wait_for_it(claims, tmp_path, monkeypatch, capsys) -> None:
    main(["review", "reject", claims[0].id])
    main(["review", "export", "log.jsonl"])
    other = use(tmp_path / "empty.duckdb", monkeypatch)
    assert main(["review", "import", "log.jsonl"]) == OK
    assert "1 row of the log wait for a claim" in capsys.readouterr().err
    with ClaimStore.open(other) as store:
        store.add(a_report("one"), claims[:1], [CRIMEA])
        assert store.claim(claims[0].id).review == "rejected"


def test_bad_lines_are_set_aside_with_their_number_and_the_others_are_taken_in(claims, elsewhere, capsys) -> None:
    main(["review", "reject", claims[0].id])
    main(["review", "export", "log.jsonl"])
    good = Path("log.jsonl").read_text("utf-8").strip()
    altered = good.replace('"rejected"', '"accepted"')
    Path("log.jsonl").write_text("\n".join(["{", "", altered, '"words"', "[" * 100_000, good]), "utf-8")
    other = elsewhere()
    capsys.readouterr()
    assert main(["review", "import", "log.jsonl"]) == SOME_SET_ASIDE
    told = capsys.readouterr().err
    assert "log.jsonl, line 1: this is not JSON" in told
    assert "log.jsonl, line 3: its id does not fit" in told
    assert "log.jsonl, line 4: this is not a JSON object" in told
    assert "log.jsonl, line 5: this is not JSON" in told
    assert "1 row taken in, 0 known before, 4 set aside" in told
    with opened(other) as store:
        assert store.claim(claims[0].id).review == "rejected"


@pytest.mark.parametrize("content", [b"\xff\xfe", b"{}", b"null\n[]", b"\x00" * 50])
def test_a_file_of_something_else_changes_nothing(claims, path: Path, content: bytes) -> None:
    Path("log.jsonl").write_bytes(content)
    assert main(["review", "import", "log.jsonl"]) == NOTHING_DONE
    with opened(path) as store:
        assert store.reviews() == []


def test_a_file_that_cannot_be_read_or_written_is_told(claims, tmp_path: Path, capsys) -> None:
    assert main(["review", "import", "nowhere.jsonl"]) == NOTHING_DONE
    assert "nowhere.jsonl cannot be read" in capsys.readouterr().err
    assert main(["review", "export", str(tmp_path / "no" / "folder.jsonl")]) == NOTHING_DONE
    assert "cannot be written" in capsys.readouterr().err


def an_edit(**more: object) -> Review:
    """A sound row of another machine."""
    report = a_report("one")
    given = {
        "id": "", "at": datetime(2026, 1, 2, tzinfo=UTC), "claim": "c", "report": report.id, "kind": "count",
        "start": 20, "end": 34, "exact": report.text[20:34], "action": "edit", "before": {"state": "none", "low": 1},
        "after": {"state": "edited", "low": 5},
    }  # fmt: skip
    return identified(Review(**{**given, **more}))


def place(**more: object) -> dict:
    given = {"key": "far:1", "name": "Far", "lat": 1.0, "lon": 2.0, "precision": "city", "radius_km": 3.0,
             "country": None, "geonameid": None, "geometry": None, "found_by": "", "source": "", "derived_from": None,
             "where_prec": 1}  # fmt: skip
    return given | more


def test_a_row_comes_back_from_json_as_it_was() -> None:
    review = an_edit(reason="because", batch="a" * 32)
    assert review_of(json.loads(json.dumps(review_object(review)))) == (review, [])


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"after": {"state": "edited", "exact": "own words"}}, "no field 'exact'"),
        ({"after": {"state": "edited", "low": "5; DROP TABLE"}}, "low cannot be"),
        ({"after": {"state": "sold"}}, '"after" has to be'),
        ({"before": {"state": "none", "x": "y" * 1_000_001}}, '"before" has to be'),
        ({"action": "delete"}, '"action" has to be'),
        ({"action": "undo"}, '"undoes" has to name'),
        ({"undoes": "b" * 32}, '"undoes" has to name'),
        ({"kind": "rumour"}, '"kind" has to be'),
        ({"start": -1}, '"start" has to be'),
        ({"end": 35}, "do not fit the words"),
        ({"reason": "two\nlines"}, '"reason" has to be'),
        ({"at": datetime.now(UTC) + timedelta(days=3)}, '"at" has to be'),
        ({"claim": ""}, '"claim" has to be'),
        ({"batch": "x"}, '"batch" has to be'),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_the_field(more: dict, message: str) -> None:
    with pytest.raises(ReviewError, match=message):
        review_of(review_object(an_edit(**more)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"lat": 91}, {"lon": float("nan")}, {"lat": 10**400}, {"name": "a\nb"}, {"precision": ["city"]},
        {"where_prec": 9},
        {"radius_km": -1}, {"geonameid": "1"}, {"derived_from": "x" * 3000},
        {"geometry": {"type": "Polygon", "coordinates": "x"}}, {"geometry": {"type": ["Polygon"], "coordinates": []}},
        {"geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 200]]]}},
        {"geometry": {"type": "GeometryCollection", "coordinates": []}},
        {"geometry": {"type": "MultiPoint", "coordinates": [[0, 0]] * 300_001}},
    ],
)  # fmt: skip
def test_a_place_that_cannot_be_is_refused(wrong: dict) -> None:
    row = review_object(an_edit()) | {"places": [place(**wrong)]}
    with pytest.raises(ReviewError, match="a place has"):
        review_of(row)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*review_object(an_edit()), "other"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
            max_leaves=6,
        ),
    )
)
def test_nonsense_is_refused_and_nothing_else_is_raised(change: dict) -> None:
    with suppress(ReviewError):
        review_of(review_object(an_edit()) | change)


def test_a_file_cannot_move_a_place_that_is_known_here(claims, path: Path) -> None:
    at = {"start": 38, "end": 44}
    rows = [
        an_edit(claim=claims[0].id, after={"state": "edited", "places": [{**at, "key": KHARKIV}]}),
        an_edit(claim=claims[0].id, after={"state": "edited", "places": [{**at, "key": "far:1"}]}),
        an_edit(claim=claims[0].id, after={"state": "edited", "places": [{**at, "key": "unknown"}]}),
    ]
    lines = [review_object(row) | {"places": [place(key=KHARKIV, name="Elsewhere"), place()]} for row in rows]
    Path("log.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert main(["review", "import", "log.jsonl"]) == SOME_SET_ASIDE
    with opened(path) as store:
        assert store.place(KHARKIV).name == "Kharkiv"
        assert store.place("far:1").name == "Far"
        assert len(store.reviews()) == 2


def test_words_that_do_not_stand_in_the_report_are_refused(claims, capsys) -> None:
    row = an_edit(exact="x" * 14)
    Path("log.jsonl").write_text(json.dumps(review_object(row)), "utf-8")
    assert main(["review", "import", "log.jsonl"]) == NOTHING_DONE
    assert "do not stand in the report" in capsys.readouterr().err


def test_a_place_by_key_is_as_the_resolver_would_answer_with_it() -> None:
    row = gazetteer_places("un")("gn:690791")
    assert row and row.country == "UA" and row.precision == "country"
    assert row.geometry and row.geometry["type"] in ("Polygon", "MultiPolygon")
    assert Resolver(Gazetteer.open()).place("derived:x") is None


def test_every_step_and_option_is_in_the_documentation() -> None:
    document = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    section = document.partition("\n## review\n")[2].partition("\n## ")[0]
    section += document.partition("\n## Filters\n")[2]
    commands = next(a for a in parser()._actions if isinstance(a, argparse._SubParsersAction)).choices
    steps = next(a for a in commands["review"]._actions if isinstance(a, argparse._SubParsersAction)).choices
    for name, step in steps.items():
        assert name in section
        for option in {*re.findall(r"(?<![\w-])--[a-z][a-z-]+", step.format_help())} - {"--help"}:
            assert f"{option}" in section, f"{name} {option}"
