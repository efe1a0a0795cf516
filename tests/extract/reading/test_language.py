"""Language: text that is surely not English is refused by name; short and mixed text never is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.reading import ReadingError, SetAside, language, read
from extract.reading.language import foreign_language, in_english
from extract.reading.source import MAX_CHARS

FOREIGN = {
    "uk": "Рада долини зібралася в понеділок, щоб почути, що бачили човнярі біля гирла річки, і ніхто не говорив.",
    "ru": "Совет долины собрался в понедельник, чтобы услышать, что видели лодочники у устья реки, и никто не говорил.",
    "de": "Der Rat des Tales trat am Montag zusammen, um zu hören, was die Schiffer an der Mündung gesehen hatten.",
    "nl": "De raad van de vallei kwam maandag bijeen om te horen wat de schippers bij de monding hadden gezien.",
    "fr": "Le conseil de la vallée s'est réuni lundi pour entendre ce que les bateliers avaient vu à l'embouchure.",
    "zh": "山谷委员会星期一开会,听取船夫们在河口看到的情况,没有人愿意首先谈论驳船的事情。" * 2,
    "ar": "اجتمع مجلس الوادي يوم الاثنين للاستماع إلى ما رآه أصحاب القوارب عند مصب النهر ولم يرغب أحد في الكلام",
}
ENGLISH = "The council of the valley met on Monday to hear what the boatmen had seen, and nobody wished to speak first."


@pytest.mark.parametrize("code", FOREIGN)
def test_a_report_in_another_language_is_told(code: str) -> None:
    assert foreign_language(FOREIGN[code]) == code


def test_the_reason_names_the_language_and_the_way_out() -> None:
    with pytest.raises(ReadingError, match=r"a\.txt: this is written in Ukrainian; only English is read\. Give an"):
        in_english(FOREIGN["uk"], "a.txt")


def test_english_is_told_without_loading_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_identifier", lambda: pytest.fail("the model was loaded"))
    assert in_english(ENGLISH, "a.txt") == ENGLISH
    assert foreign_language(ENGLISH * 5_000) is None


@pytest.mark.parametrize(
    "text",
    [
        "Бої біля Києва",
        "Ja.",
        "1 2 3 4 5 6 7 8 9 " * 100,
        "ж" * 20,
        "Boats Lost Near Harbour. Council Warns Boatmen. Envoys Meet in Valley. Ferry Prices Rise. Three Rescued.",
        "COUNCIL OF VALLEY MEETS; BOATMEN WARN OF BARGES NEAR RIVER MOUTH; FERRIES STAY IN PORT ON WEDNESDAY",
        ENGLISH + " “Ніхто не хотів говорити першим про баржі”, said the oldest of the boatmen after the meeting.",
    ],
    ids=["two words", "one word", "numbers", "letters", "headlines", "capitals", "a quotation"],
)
def test_what_is_short_or_mixed_or_only_headlines_is_not_refused(text: str) -> None:
    assert foreign_language(text) is None


def test_the_whole_of_a_long_text_is_looked_at() -> None:
    assert foreign_language("Boats. " + FOREIGN["de"] * 200) == "de"


def test_a_text_of_any_length_is_told_at_once() -> None:
    assert foreign_language((FOREIGN["uk"] * MAX_CHARS)[:MAX_CHARS]) == "uk"


def test_every_format_refuses_foreign_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FOREIGN["de"], encoding="utf-8")
    with pytest.raises(ReadingError, match="German"):
        list(read(tmp_path / "a.txt"))
    lines = [json.dumps({"text": text}) for text in (FOREIGN["fr"], ENGLISH)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    first, second = read(tmp_path / "a.jsonl")
    assert isinstance(first, SetAside)
    assert "line 1" in first.where
    assert "French" in first.reason
    assert not isinstance(second, SetAside)
