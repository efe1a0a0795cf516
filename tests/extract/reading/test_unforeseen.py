"""One report of a file that breaks its reader, in a way that nobody foresaw, stops no other report of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.model import Report
from extract.reading import ReadingError, SetAside, read
from tests.extract.reading.test_feed_and_archive import HTML, PAGE, archive

STORY = "The council of the valley met on Monday to hear what the boatmen had seen."
TEXTS = [f"{STORY} First.", f"{STORY} BREAKS.", f"{STORY} Last."]
ITEMS = "".join(f"<item><content:encoded>{text}</content:encoded></item>" for text in TEXTS)
FILES: dict[str, bytes] = {
    "r.jsonl": "\n".join(json.dumps({"text": text}) for text in TEXTS).encode(),
    "r.csv": "\n".join(["text", *TEXTS]).encode(),
    "r.rss": f'<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{ITEMS}</channel></rss>'.encode(),
}


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> None:
    def in_english(text: str, where: str) -> str:
        if "BREAKS" in text:
            raise LookupError("no such thing")
        return text

    for module in ("jsonl", "csv_table", "feed", "page", "text"):
        monkeypatch.setattr(f"extract.reading.{module}.in_english", in_english)


@pytest.mark.usefixtures("breaking")
@pytest.mark.parametrize("name", FILES)
def test_the_others_of_the_file_are_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    first, broken, last = read(tmp_path / name)
    assert isinstance(first, Report) and isinstance(last, Report)
    assert isinstance(broken, SetAside)
    assert name in broken.where and broken.where[-1].isdigit()
    assert "LookupError: no such thing" in broken.reason


@pytest.mark.usefixtures("breaking")
def test_the_others_of_an_archive_are_read_and_it_is_not_called_damaged(tmp_path: Path) -> None:
    pages = [PAGE, PAGE.replace("boatmen", "BREAKS"), PAGE]
    assert "BREAKS" in pages[1]
    rows = [(f"https://valley.example/{i}", page.encode("cp1252"), HTML) for i, page in enumerate(pages)]
    (tmp_path / "r.warc.gz").write_bytes(archive(rows))
    first, broken, last = read(tmp_path / "r.warc.gz")
    assert isinstance(first, Report) and isinstance(last, Report)
    assert isinstance(broken, SetAside)
    assert "https://valley.example/1" in broken.where and "LookupError" in broken.reason


@pytest.mark.usefixtures("breaking")
def test_a_file_of_one_report_is_named_with_what_broke(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(TEXTS[1], encoding="utf-8")
    with pytest.raises(ReadingError, match=r"r\.txt: the program failed on it \(LookupError: no such thing;"):
        list(read(tmp_path / "r.txt"))
