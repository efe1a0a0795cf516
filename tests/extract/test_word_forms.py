"""Words have the forms that spaCy's own components give them; only sooner."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from extract import nlp, word_forms
from extract.word_forms import WordForms, quicken
from pipeline.samples import sample_reports

PHRASES = (
    "I'm gonna leave the harbour, and you gotta stay. There is a bridge, there are boats, but there's no ferry.",
    "It ain't so, said Okoro, y'all. C'mon, let's go: she has lets to pay, and his na is a gon.",
    "He had had it. It did rain but it was they who do, did and were; that which that was to be was.",
    "Odd  blanks\tand \n lines, 12.5%, e-mail@example.org and WORDS IN CAPITALS.",
)


@pytest.fixture(scope="module")
def plain() -> Language:
    return nlp.plain()


@pytest.fixture(scope="module")
def quick() -> Language:
    return quicken(nlp.plain())


def forms(doc: Doc) -> list[tuple[str, ...]]:
    return [(t.text, t.tag_, t.dep_, t.pos_, str(t.morph), t.lemma_, t.ent_type_) for t in doc]


def test_every_word_of_the_samples_is_annotated_as_by_the_package_itself(plain: Language, quick: Language) -> None:
    for report in sample_reports():
        assert forms(quick(report.text)) == forms(plain(report.text))


@pytest.mark.parametrize("text", PHRASES)
def test_phrases_and_blanks_are_what_the_rules_make_of_them(plain: Language, quick: Language, text: str) -> None:
    for _ in range(2):  # asked, then remembered
        assert forms(quick(text)) == forms(plain(text))


def test_a_paragraph_without_words_is_annotated_too(quick: Language) -> None:
    assert forms(quick("")) == []


def test_words_that_are_a_phrase_side_by_side_are_asked_about_one_by_one(plain: Language) -> None:
    component = quicken(nlp.plain()).get_pipe("claim_atlas_word_forms")
    assert isinstance(component, WordForms)
    strings = plain.vocab.strings
    alone = [(strings.add(word), strings.add("VB"), 0) for word in ("gon", "na")]
    together = component._asked(alone)
    assert [form and strings[form[2]] for form in together] == ["go", "to"]
    assert [form and strings[form[2]] for form in component._forms(alone)] == ["gon", "na"]


def test_what_is_remembered_does_not_grow_without_end(plain: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_forms, "_KEPT", 20)
    quick = quicken(nlp.plain())
    component = quick.get_pipe("claim_atlas_word_forms")
    assert isinstance(component, WordForms)
    for report in sample_reports()[:2]:
        for paragraph in report.text.split("\n\n"):
            assert forms(quick(paragraph)) == forms(plain(paragraph))
            assert len(component._known) <= 20 + len(paragraph)


@pytest.mark.parametrize("pattern", [[{"SHAPE": "dddd"}], [{"LOWER": "a", "OP": "+"}], [{"DEP": {"REGEX": "^n"}}]])
def test_a_pipeline_whose_rules_look_at_more_is_left_as_it_is(pattern: list[dict[str, object]]) -> None:
    other = nlp.plain()
    other.get_pipe("attribute_ruler").add([pattern], {"LEMMA": "year"})  # type: ignore[attr-defined]
    assert quicken(other).pipe_names == nlp.plain().pipe_names


def test_a_pipeline_without_these_components_is_left_as_it_is() -> None:
    other = nlp.plain()
    other.remove_pipe("lemmatizer")
    names = list(other.pipe_names)
    assert quicken(other).pipe_names == names
