"""Who an actor is and for whom it speaks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from errors import DataError
from extract.actors import ActorBook
from extract.model import ActorMention
from tests.extract.conftest import TABLES, Read


def mention(read: Read, text: str, words: str, published: date | None = None) -> ActorMention | None:
    parsed, actors = read(text, published)
    for passage in parsed:
        for token in passage.doc:
            if passage.doc.text[token.idx :].startswith(words):
                span = passage.doc.char_span(token.idx, token.idx + len(words))
                return actors.of(passage, span)
    raise AssertionError(words)


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("Moscow", "Russia"),
        ("The Kremlin", "Russia"),
        ("Kiev", "Ukraine"),
        ("The Pentagon", "United States"),
        ("Russian officials", "Russia"),
        ("The Ukrainian defence ministry", "Ukraine"),
        ("Turkish troops", "Turkey"),
        ("The UN envoy", "United Nations"),
        ("The World Food Programme", "United Nations"),
        ("EU officials", "European Union"),
        ("A spokesman for the Dawn Front", "Dawn Front"),
        ("Norway's ambassador to the UN", "Norway"),
        ("Turkish residents", None),
        ("Witnesses", None),
        ("Reuters", None),
        ("TASS", "Russia"),
        ("Aid groups", "Aid groups"),
    ],
)
def test_an_actor_speaks_for_the_side_its_words_name(read: Read, words: str, side: str | None) -> None:
    found = mention(read, f"{words} said the bridge was open.", words)
    assert found is not None
    assert found.side == side


def test_a_seat_of_government_is_its_state(read: Read) -> None:
    found = mention(read, "The Kremlin warned the council.", "The Kremlin")
    assert found is not None and found.name == "Russia" and found.actors[0].kind == "state"


def test_the_reports_own_words_give_name_role_and_side(read: Read) -> None:
    found = mention(read, "Norwegian Defence Minister Liv Aasen said it.", "Norwegian Defence Minister Liv Aasen")
    assert found is not None
    assert (found.name, found.side, found.actors[0].role) == ("Liv Aasen", "Norway", "Norwegian Defence Minister")


def test_an_apposition_gives_role_and_side(read: Read) -> None:
    found = mention(read, "Liv Aasen, an adviser to the UN envoy for Turkey, said so.", "Liv Aasen")
    assert found is not None and found.side == "United Nations"


def test_a_surname_takes_up_the_full_name_before_it(read: Read) -> None:
    text = "Norwegian Defence Minister Liv Aasen left Oslo. Aasen said the fleet was ready."
    found = mention(read, text, "Aasen said"[:5])
    assert found is not None and found.name == "Liv Aasen" and found.side == "Norway"


def test_an_office_counts_at_the_date_of_the_report(read: Read) -> None:
    text = "Ada Nordby said the fleet was ready."
    early = mention(read, text, "Ada Nordby", date(2012, 5, 1))
    late = mention(read, text, "Ada Nordby", date(2017, 5, 1))
    after = mention(read, text, "Ada Nordby", date(2023, 5, 1))
    assert early is not None and early.actors[0].role == "foreign minister"
    assert late is not None and late.actors[0].role == "prime minister"
    assert after is not None and after.actors[0].role is None and after.name == "Ada Nordby"


def test_an_abbreviation_means_what_the_report_defines(read: Read) -> None:
    text = "The Coastal Relief Union (CRU) closed its office. The CRU said it would return."
    _, actors = read(text)
    found = actors.resolve("CRU")
    assert found is not None and found.name == "Coastal Relief Union"


def test_joint_speakers_give_several_actors(read: Read) -> None:
    parsed, actors = read("Norway, the UN and several aid groups said the dam would break.")
    head = next(token for token in parsed[0].doc if token.text == "Norway")
    found = actors.of(parsed[0], head)
    assert found is not None
    assert found.name == "Norway; United Nations; several aid groups"
    assert found.side == "Norway; United Nations; several aid groups"


def test_the_army_without_a_country_is_that_of_the_state_the_report_is_set_in(read: Read) -> None:
    text = "Norway closed its ports. In Norway schools shut too. Norwegian trains stopped. The army said it was ready."
    found = mention(read, text, "The army")
    assert found is not None and found.side == "Norway"


def test_without_a_setting_the_side_of_the_army_is_not_guessed(read: Read) -> None:
    found = mention(read, "The army said it was ready.", "The army")
    assert found is not None and found.side is None


def test_us_is_no_pronoun(book: ActorBook) -> None:
    us = book.resolve("US")
    assert us is not None and us.name == "United States"
    assert book.resolve("us") is None


def test_an_adjective_leads_to_its_state(book: ActorBook) -> None:
    assert book.demonym("Turkish") == "Turkey"
    assert book.state("Washington") == "United States"
    assert book.demonym("turkish") is None


def test_a_missing_table_is_a_data_error_that_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "states.tsv").write_text(TABLES["states"], encoding="utf-8")
    with pytest.raises(DataError, match=r"people\.tsv"):
        ActorBook.load(tmp_path)


def test_a_date_that_is_none_is_a_data_error(tmp_path: Path) -> None:
    for name, text in TABLES.items():
        (tmp_path / f"{name}.tsv").write_text(text.replace("2015-01-01", "spring 2015"), encoding="utf-8")
    with pytest.raises(DataError, match="spring 2015"):
        ActorBook.load(tmp_path)


def test_the_tables_that_ship_can_be_read() -> None:
    shipped = ActorBook.load()
    assert len(shipped.states) > 190
    kremlin = shipped.resolve("the Kremlin")
    assert kremlin is not None and kremlin.name == "Russia"
