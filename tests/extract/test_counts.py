"""Counts: what is counted, its kind, whose it is, where, and who says so."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from extract.actors import ActorBook
from extract.extractor import Extractor
from extract.model import Count, Report
from tests.extract.places_names import Names


@pytest.fixture
def counts(model: Language, book: ActorBook) -> object:
    extractor = Extractor(model, Names(), book)
    return lambda text: extractor.extract(Report(text=text, published=date(2020, 1, 1))).counts


def only(found: tuple[Count, ...]) -> Count:
    assert len(found) == 1, [c.span.text for c in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "words", "kind", "unit"),
    [
        ("Russia sent more than 80,000 troops.", "more than 80,000 troops", "personnel", "troops"),
        ("At least 12 shepherds were killed.", "At least 12 shepherds", "killed", "shepherds"),
        ("A blast wounded 30 villagers.", "30 villagers", "wounded", "villagers"),
        ("Police detained two dozen students.", "two dozen students", "detained", "students"),
        ("The flood displaced 4,000 people.", "4,000 people", "displaced", "people"),
        ("Some 600 people fled to the hills.", "Some 600 people", "displaced", "people"),
        ("Five boats and 12 men are missing.", "12 men", "missing", "men"),
        ("They lost three tanks.", "three tanks", "equipment", "tanks"),
        ("The army moved two brigades.", "two brigades", "unit", "brigades"),
        ("Jets carried out 14 airstrikes.", "14 airstrikes", "attack", "airstrikes"),
        ("A blast killed or wounded 40 villagers.", "40 villagers", "killed_or_wounded", "villagers"),
        (
            "Clerks gave out hundreds of thousands of passports.",
            "hundreds of thousands of passports",
            "other",
            "passports",
        ),
        ("The army moved 56 battalion tactical groups.", "56 battalion tactical groups", "unit", "groups"),
    ],
)
def test_what_happened_to_those_counted_is_the_kind(counts, text: str, words: str, kind: str, unit: str) -> None:
    found = next(c for c in counts(text) if c.span.text == words)
    assert found.kind == kind
    assert found.unit is not None
    assert found.unit.endswith(unit)


@pytest.mark.parametrize(
    "text",
    [
        "The council met on 12 May 2019.", "A 41-year-old boatman spoke.", "The repair cost 40,000 euros.",
        "The road is 30 kilometres long.", "Boats came in the past 24 hours.", "About 40 per cent of them left.",
        "Article 5 was quoted.", "An old T-72 stood there.", "The two leaders met.", "The fair began at 2 pm.",
        "One of the boats sank.", "The war began in 2014.", "The 3rd company left.", "Nobody won the 2-1 match.",
        "Halden, 40, was detained.", "One in 6,500 children has it.", "A 10,000 square foot hall burned.",
    ],
)  # fmt: skip
def test_dates_ages_money_distances_shares_and_labels_are_no_counts(counts, text: str) -> None:
    assert counts(text) == ()


def test_a_number_without_its_noun_counts_the_same_at_a_place_of_its_own(counts) -> None:
    text = "Ukraine has 200 tanks near Kyiv, 150 near Oslo and 100 in Moscow, the minister said."
    found = counts(text)
    assert [(c.low, c.unit, [p.text for p in c.places]) for c in found] == [
        (200, "tanks", ["Kyiv"]),
        (150, "tanks", ["Oslo"]),
        (100, "tanks", ["Moscow"]),
    ]
    assert [c.low for c in counts("The mayor hired 30 guards in May and 40 in June.")] == [30]


def test_an_elided_noun_still_counts(counts) -> None:
    first, second = counts("Twelve people were killed and another 20 were wounded.")
    assert (first.kind, second.kind, second.span.text, second.unit) == ("killed", "wounded", "another 20", "people")


def test_the_number_of_men_counts_men(counts) -> None:
    found = only(counts("The number of fighters in the valley does not exceed 500."))
    assert (found.low, found.high, found.unit, found.kind) == (None, 500, "fighters", "personnel")


def test_a_toll_counts_the_dead(counts) -> None:
    found = only(counts("The death toll from the flood rose to 21 on Friday."))
    assert (found.low, found.kind) == (21, "killed")


def test_a_part_named_with_including_shares_the_fate_of_the_whole(counts) -> None:
    first, second = counts("At least 10 boatmen were wounded, including two children.")
    assert (first.kind, second.kind) == ("wounded", "wounded")


def test_the_last_of_a_list_says_what_became_of_all(counts) -> None:
    found = counts("The report says 24 shepherds, 12 boatmen and 15 millers have been killed.")
    assert [c.kind for c in found] == ["killed"] * 3


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("More than 2,000 Russian advisers stay there.", "Russia"),
        ("Russia has massed 80,000 troops.", "Russia"),
        ("Ukraine accused Russia of massing 80,000 troops.", "Russia"),
        ("Norway's 40 tanks stood ready.", "Norway"),
        ("The Dawn Front has 28,000 combatants.", "Dawn Front"),
        ("The road was held by 200 rebels.", "rebels"),
        ("Some 300 Turkish-backed fighters left.", "Turkish-backed fighters"),
        ("At least 12 civilians were killed.", None),
        ("They met 24 Kurdish fighters.", "Kurds"),
        ("They met 24 Syrian Kurdish fighters.", "Syrian Kurds"),
        ("Some 300 Turkish-backed militiamen left.", "Turkish-backed militia"),
    ],
)
def test_a_count_has_an_owner_when_the_text_names_one(counts, text: str, whose: str | None) -> None:
    assert only(counts(text)).whose == whose


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("Twelve shepherds were killed.", "reporter"),
        ("The mayor said 12 shepherds were killed.", "mayor"),
        ("According to Kiev, 12 shepherds were killed.", "Ukraine"),
        ("Twelve shepherds were reportedly killed.", "reports"),
        ("Reuters said, citing the United Nations, that 12 shepherds were killed.", "United Nations"),
    ],
)
def test_the_innermost_source_claims_the_number(counts, text: str, claimant: str) -> None:
    assert only(counts(text)).claimant == claimant


def test_a_storm_that_claims_lives_claims_no_number(counts) -> None:
    assert only(counts("The storm claimed the lives of 40 people.")).claimant == "reporter"


def test_the_dead_and_the_injured_beside_them_are_two_counts(counts) -> None:
    found = counts("The blast left one boatman dead and 12 injured.")
    assert [(c.low, c.kind) for c in found] == [(1, "killed"), (12, "wounded")]


def test_an_elliptical_sentence_goes_on_with_the_claimant_before(counts) -> None:
    found = counts("The mayor said that seven people were killed in Kosti. At least 10 were wounded.")
    assert [c.claimant for c in found] == ["mayor", "mayor"]


def test_a_background_clause_inside_a_statement_is_the_reports_own(counts) -> None:
    found = counts("The mayor says that boats will help the camp, where 400 people have died.")
    assert only(found).claimant == "reporter"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Russia has massed 80,000 troops near the eastern border of Ukraine.", ["eastern border of Ukraine"]),
        ("Twelve men were killed in Kosti, an official in El Obeid said.", ["Kosti"]),
        ("Fighting broke out in Kosti. Twelve men were killed.", ["Kosti"]),
        ("Twelve men were killed in Kosti while three were hurt in El Obeid.", ["Kosti"]),
    ],
)
def test_a_count_is_where_its_clause_says_it_is(counts, text: str, places: list[str]) -> None:
    assert [p.text for p in counts(text)[0].places] == places


@pytest.mark.parametrize(
    "text",
    [
        "Fighting broke out in Kosti. The war has killed 3,000 people since 2015.",
        "Fighting broke out in Kosti. Around 30 boatmen are killed every day.",
        "Fighting broke out in Kosti. The mayor said that there were 300 boatmen.",
        "Fighting broke out in Kosti. The army has formed three brigades out of recruits.",
        "Fighting broke out in Kosti. Two senior officials said that the road was cut.",
    ],
)
def test_the_place_of_the_sentence_before_is_not_carried_over_to_what_is_not_there(counts, text: str) -> None:
    assert counts(text)[-1].places == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Hundreds of boatmen gathered outside the cathedral Sunday.", "cathedral"),
        ("Seven boatmen died when a storm hit a residential area of the city.", "residential area"),
        ("They stayed in Kosti, a province bordering Norway in which 3,000 boatmen live.", "Kosti"),
        ("Most of Sudan's 40 million residents are young.", "Sudan"),
    ],
)
def test_a_common_noun_or_what_a_clause_is_about_says_where_a_count_is(counts, text: str, place: str) -> None:
    assert [p.text for p in counts(text)[0].places] == [place]


def test_arms_destroyed_of_nobody_named_are_those_of_the_side_hit_before(counts) -> None:
    found = counts("Jets destroyed three Russian trucks. The raids have destroyed 67 vehicles and 11 tunnels.")
    assert [c.whose for c in found] == ["Russia", "Russia", "Russia"]


def test_arms_destroyed_are_nobodys_when_two_sides_were_hit_before(counts) -> None:
    found = counts("Jets destroyed three Russian trucks and two Turkish tanks. The raids have destroyed 67 vehicles.")
    assert found[-1].whose is None


def test_a_count_that_shares_its_clause_shares_noun_and_owner(counts) -> None:
    first, second = counts("Two Russian soldiers were killed and 11 were wounded.")
    assert (second.kind, second.unit, second.whose) == ("wounded", "soldiers", first.whose)


def test_pieces_are_counted_with_what_they_are_of(counts) -> None:
    found = only(counts("They moved 15,000 pieces of military equipment to the border."))
    assert (found.span.text, found.kind) == ("15,000 pieces of military equipment", "equipment")
    assert found.unit == "pieces of military equipment"


def test_the_number_that_now_totals_something_counts_what_it_is_of(counts) -> None:
    found = only(counts("The number of munitions delivered in support of the campaign now totals 6,602."))
    assert (found.kind, found.unit) == ("equipment", "munitions")


def test_the_exact_words_of_a_count_stay(counts) -> None:
    text = "In  all, more than 2,000\u00a0Russian military advisers and instructors came."
    found = only(counts(text))
    assert text[found.span.start : found.span.end] == found.span.text
    assert found.span.text == "more than 2,000\u00a0Russian military advisers and instructors"
    assert found.unit == "military advisers and instructors"
