"""The words of the options that filters offer."""

from __future__ import annotations

from datetime import date

from dashboard import filter_bar
from dashboard.filter_bar import day_labels, in_words, option_labels
from dashboard.language import speaking
from store.facets import FacetValue


def test_two_options_never_have_the_same_words() -> None:
    labels = option_labels([FacetValue("gn:1", "Sandy Spring", 3), FacetValue("gn:2", "Sandy Spring", 3)])
    assert list(labels.values()) == ["Sandy Spring · 3", "Sandy Spring (2) · 3"]


def test_a_long_list_keeps_the_chosen_option() -> None:
    found = [FacetValue(f"v{i}", f"Name {i}", 5) for i in range(1000)]
    labels = option_labels(found, ["v999"])
    assert "v999" in labels
    assert len(labels) < 500


def test_a_list_that_leaves_options_out_says_so_and_where_they_are() -> None:
    many = [FacetValue(f"v{i}", f"Name {i}", 5) for i in range(401)]
    cut, whole = filter_bar.of_field("actors", "Who claims", many), filter_bar.of_field("whose", "Whose", many[:400])
    assert (cut.placeholder, len(cut.options)) == ("More than 400", 400)
    assert cut.more.startswith("These 400 have the most claims.") and cut.more.endswith("The search box finds all.")
    assert "search" not in filter_bar.of_field("reports", "Report", many).more
    assert (whole.placeholder, whole.more) == ("Any of 400", "")


def test_a_chosen_day_without_reports_can_still_be_seen() -> None:
    assert day_labels([FacetValue("2021-04-12", "", 3)], date(2021, 4, 1)) == {
        "2021-04-01": "1 Apr 2021 · 0",
        "2021-04-12": "12 Apr 2021 · 3",
    }


def test_what_is_no_name_is_named_as_on_the_cards_in_the_readers_language() -> None:
    kinds, modes = [FacetValue("unit", "unit", 3)], [FacetValue("say", "say", 2)]
    assert [item.label for item in (*in_words("kinds", kinds), *in_words("modes", modes))] == ["units", "said"]
    assert in_words("places", [FacetValue("gn:1", "Crimea", 1)])[0].label == "Crimea"
    with speaking("fr"):
        assert in_words("actors", [FacetValue("reporter", "reporter", 1)])[0].label == "L’article lui-même"
        assert option_labels(in_words("kinds", kinds)) == {"unit": "unités · 3"}
