"""Reading: what a file holds comes out to the last character, and what it cannot hold is named."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

from errors import ClaimAtlasError
from extract.model import Report
from extract.reading import MAX_CHARS, SOURCES, ReadingError, SetAside, is_readable, read, source_for
from extract.reading.jsonl import MAX_FIELD, MAX_LINE, read_json_lines
from extract.reading.text import read_text


def one(path: Path) -> Report:
    (report,) = read(path)
    assert isinstance(report, Report)
    return report


def lines(path: Path, *rows: object) -> list[Report | SetAside]:
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), "utf-8")
    return list(read_json_lines(path))


def reason(path: Path, *rows: object) -> str:
    (item,) = lines(path, *rows)
    assert isinstance(item, SetAside)
    return item.reason


# -- every source -------------------------------------------------------------------------------------------------

BROKEN = {
    "empty": b"",
    "blank": b" \n\t\r\n\xc2\xa0\xef\xbb\xbf ",
    "binary": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "latin-1": "Präsident in Kiew".encode("latin-1"),
    "utf-16": "A report".encode("utf-16"),
    "cut in a character": "Київ".encode()[:-1],
    "surrogate": b"\xed\xa0\x80",
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("suffix", [suffix for source in SOURCES for suffix in source.suffixes])
def test_no_source_makes_a_report_of_broken_input(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"broken{suffix}"
    path.write_bytes(content)
    try:
        found = list(read(path))
    except ReadingError as error:
        assert str(path) in str(error)
    else:
        assert all(isinstance(item, SetAside) and str(path) in item.where for item in found)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_every_source_says_that_a_file_is_missing(tmp_path: Path, source: object) -> None:
    with pytest.raises(ReadingError, match="no such file"):
        list(source.read(tmp_path / "none"))  # type: ignore[attr-defined]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_every_source_says_that_a_folder_is_no_file(tmp_path: Path, source: object) -> None:
    with pytest.raises(ReadingError, match=r"folder|directory"):
        list(source.read(tmp_path))  # type: ignore[attr-defined]


def test_no_two_sources_claim_one_ending() -> None:
    endings = [suffix for source in SOURCES for suffix in source.suffixes]
    assert len(endings) == len(set(endings))
    assert all(ending == ending.lower() and ending.startswith(".") for ending in endings)


def test_endings_are_told_in_any_case(tmp_path: Path) -> None:
    assert is_readable(tmp_path / "A.TXT")
    assert not is_readable(tmp_path / "a.exe")
    source = source_for(tmp_path / "A.JsonL")
    assert source is not None
    assert source.name == "json lines"


def test_reading_errors_are_ours_and_say_where_and_why() -> None:
    error = ReadingError("file.txt", "it is empty.")
    assert isinstance(error, ClaimAtlasError)
    assert isinstance(error, ValueError)
    assert str(error) == "file.txt: it is empty."


# -- text ---------------------------------------------------------------------------------------------------------


def test_a_text_is_read_as_it_stands_with_its_line_ends(tmp_path: Path) -> None:
    text = "\ufeffOne\r\nTwo\rThree\n\n  Київ \U0001f30d\u2028end"
    path = tmp_path / "a-story.txt"
    path.write_bytes(text.encode())
    report = one(path)
    assert report.text == text
    assert (report.id, report.title, report.published) == ("a-story", "a-story", None)


def test_a_file_without_a_known_ending_is_tried_as_text(tmp_path: Path) -> None:
    path = tmp_path / "story"
    path.write_text("Text.")
    assert one(path).text == "Text."


def test_a_text_as_long_as_allowed_is_read_and_a_longer_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("ж" * MAX_CHARS, encoding="utf-8")
    assert len(one(path).text) == MAX_CHARS
    path.write_text("ж" * (MAX_CHARS + 1), encoding="utf-8")
    with pytest.raises(ReadingError, match="too long"):
        one(path)


def test_a_huge_file_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(10 * 2**30)
    with pytest.raises(ReadingError, match="too long"):
        one(path)


def test_the_encoding_message_says_which_byte_it_was(tmp_path: Path) -> None:
    path = tmp_path / "l.txt"
    path.write_bytes("Präsident".encode("latin-1"))
    with pytest.raises(ReadingError, match="byte 2 is 0xe4"):
        one(path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ReadingError, match="regular file"):
        one(tmp_path / "pipe.txt")


@pytest.mark.parametrize("name", ["nul\x00.txt", "x" * 5000 + ".txt"])
def test_an_impossible_name_is_no_crash(name: str) -> None:
    with pytest.raises(ReadingError):
        list(read_text(Path(name)))


# -- JSON lines ---------------------------------------------------------------------------------------------------


def test_a_line_is_a_report_with_what_it_says_of_itself(tmp_path: Path) -> None:
    row = {"id": "7", "text": "Body.", "published": "2021-04-12", "title": "T", "outlet": "O", "url": "https://a.b/"}
    (report,) = lines(tmp_path / "a.jsonl", row)
    assert report == Report("Body.", "7", "T", "O", "https://a.b/", date(2021, 4, 12))


def test_what_a_line_does_not_say_stays_unknown(tmp_path: Path) -> None:
    (report,) = lines(tmp_path / "a.jsonl", {"text": "Body.", "published": None, "title": "  "})
    assert report == Report("Body.")


def test_a_number_may_be_an_id(tmp_path: Path) -> None:
    (report,) = lines(tmp_path / "a.jsonl", {"id": 7, "text": "Body."})
    assert isinstance(report, Report)
    assert report.id == "7"


def test_a_time_of_publication_counts_as_its_day(tmp_path: Path) -> None:
    (report,) = lines(tmp_path / "a.jsonl", {"text": "Body.", "published": "2021-04-12T23:30:00-05:00"})
    assert isinstance(report, Report)
    assert report.published == date(2021, 4, 12)


def test_bad_lines_are_set_aside_by_number_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = {"text": "Body."}
    found = lines(tmp_path / "a.jsonl", good, "", "{not json", good, {"id": "x"}, good)
    assert [type(item) for item in found] == [Report, SetAside, Report, SetAside, Report]
    assert [item.where.rpartition(", ")[2] for item in found if isinstance(item, SetAside)] == ["line 3", "line 5"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("[1]", "not a JSON object"),
        ('"text"', "not a JSON object"),
        ("{'text': 1}", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"text": "x", "n": ' + "9" * 5000 + "}", "not JSON"),
        ({"text": 5}, '"text"'),
        ({"text": "  "}, "no text"),
        ({"text": "half \ud800"}, "surrogate"),
        ({"text": "x" * (MAX_CHARS + 1)}, "too long"),
        ({"text": "x", "published": "12 April"}, "no date"),
        ({"text": "x", "published": "2021-04-31"}, "no date"),
        ({"text": "x", "published": 20210412}, "no date"),
        ({"text": "x", "published": "20210412"}, "no date"),
        ({"text": "x", "title": ["a"]}, '"title" is not a string'),
        ({"text": "x", "id": True}, '"id" is not a string'),
        ({"text": "x", "url": "u" * (MAX_FIELD + 1)}, "longer than"),
        ({"text": "x", "title": "half \udfff"}, "surrogate"),
    ],
)
def test_each_way_a_line_can_be_wrong_has_its_reason(tmp_path: Path, row: object, words: str) -> None:
    assert words in reason(tmp_path / "a.jsonl", row)


def test_an_endless_line_is_set_aside_and_the_next_one_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "' + b"x" * (2 * MAX_LINE) + b'"}\n{"text": "Body."}\n')
    first, second = read_json_lines(path)
    assert isinstance(first, SetAside)
    assert "line is longer" in first.reason
    assert second == Report("Body.")


def test_a_line_in_another_encoding_is_set_aside_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "\xe4"}\n{"text": "Body."}\r\n')
    first, second = read_json_lines(path)
    assert isinstance(first, SetAside)
    assert second == Report("Body.")


def test_a_byte_order_mark_before_the_first_line_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"text": "Body."}\n')
    assert list(read_json_lines(path)) == [Report("Body.")]
