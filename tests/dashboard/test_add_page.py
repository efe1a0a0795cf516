"""The page on which reports are added and removed, through Streamlit's own test runner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import resources, stored_reports
from dashboard.add_preview import lines_of, marks_of
from dashboard.jobs import BUSY, Job, Jobs, Means
from dashboard.language import speaking
from errors import Worded
from pipeline.batch import Rejected
from pipeline.intake import Address, Draft, Event, Found, Handed, Known, Order, Pasted, Samples
from store.claims import ClaimStore
from store.errors import StoreError
from store.filters import Filters
from tests.dashboard.rows import BORDER, CITY, HOSTILE, PENINSULA, REPORTS, fill, hostile_report
from tests.patience import PATIENCE, until

SCRIPT = """
from dashboard import reader, theme
reader.meet()
theme.configure_page()
from dashboard import {page}
{page}.render()
"""


def draft(index: int) -> Draft:
    report, claims, places = REPORTS[index]
    return Draft(report, tuple(claims), tuple(places))


class Scene:
    """A page over a store with two reports; what is read of a hand-in is what ``tells`` says."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.handed: list[Handed] = []
        self.tells: list[Event] = [Found(1), draft(2)]
        self.jobs = Jobs(Means(begin=self._begin, reading=resources.reading, writing=resources.writing))
        self.at = AppTest.from_string(SCRIPT.format(page="add_page"), default_timeout=PATIENCE)

    def _begin(self, order: Order) -> Scene:
        self.handed = list(order.handed)
        return self

    def __iter__(self) -> Iterator[Event]:
        return iter(self.tells)

    def stop(self) -> None:
        """Nothing goes on."""

    def run(self) -> AppTest:
        """The page, once the job it shows has come to rest."""
        self.at.run()
        if job := self.job:
            until(lambda: job.step not in BUSY)
            self.at.run()
        assert not self.at.exception
        return self.at

    @property
    def job(self) -> Job | None:
        return self.jobs.get(self.at.session_state.get("ca_job"))

    def press(self, key: str) -> AppTest:
        self.at.button(key=key).click()
        return self.run()

    @property
    def words(self) -> str:
        return " ".join(block.proto.body for block in self.at.get("html"))

    def ids(self) -> set[str]:
        with ClaimStore.open(self.path, read_only=True) as store:
            return set(store.reports()["id"])


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    path = fill(tmp_path / "claims.duckdb")
    with ClaimStore.open(path) as store:
        store.remove("r3")
    monkeypatch.setenv("CLAIM_ATLAS_STORE", str(path))
    for cached in (resources.settings, resources.preparation, resources.map_libraries):
        cached.clear()
    made = Scene(path)
    monkeypatch.setattr(resources, "jobs", lambda: made.jobs)
    return made


def paste(scene: Scene, text: str = "Some text.") -> AppTest:
    scene.run()
    scene.at.text_area(key="ca-paste-text").set_value(text)
    return scene.press("ca-paste-read")


def test_a_pasted_text_is_handed_in_with_title_outlet_and_date(scene: Scene) -> None:
    scene.run()
    scene.at.text_area(key="ca-paste-text").set_value("Some text.")
    scene.at.text_input(key="ca-paste-title").set_value(" A title ")
    scene.at.date_input(key="ca-paste-date").set_value(date(2021, 4, 12))
    scene.press("ca-paste-read")
    assert scene.handed == [Pasted("Some text.", "A title", None, date(2021, 4, 12))]


def test_no_date_is_given_unless_the_reader_gives_one(scene: Scene) -> None:
    paste(scene)
    assert scene.handed == [Pasted("Some text.")]


def test_what_was_read_is_shown_and_nothing_is_stored_yet(scene: Scene) -> None:
    at = paste(scene)
    assert "1 report · 1 number · 2 statements" in scene.words
    assert "not stored yet" in scene.words
    assert "10,000 troops" in scene.words
    assert "Read as English" in scene.words
    assert at.text_input(key=key(scene, "title")).value == "Exercise ends"
    assert at.date_input(key=key(scene, "date")).value == date(2021, 4, 20)
    assert scene.ids() == {"r1", "r2"}


def key(scene: Scene, field: str, index: int = 0) -> str:
    assert scene.job
    return f"ca-draft-{scene.job.name[:8]}-{index}-{field}"


def test_a_draft_is_stored_as_its_reader_completed_it_and_all_readers_see_it(scene: Scene) -> None:
    paste(scene)
    other = AppTest.from_string(SCRIPT.format(page="map_page"), default_timeout=PATIENCE).run()
    assert "All 5 claims" in " ".join(block.proto.body for block in other.get("html"))
    scene.at.text_input(key=key(scene, "title")).set_value("Mended title")
    scene.run()
    scene.press("ca-job-store")
    assert "Stored: 1 report with 3 claims." in scene.words
    assert scene.ids() == {"r1", "r2", "r3"}
    assert "All 8 claims" in " ".join(block.proto.body for block in other.run().get("html"))
    with resources.reading() as store:
        row = store.report("r3")
        assert row is not None
        assert row.title == "Mended title"


def test_another_date_is_told_to_need_another_reading(scene: Scene) -> None:
    paste(scene)
    scene.at.date_input(key=key(scene, "date")).set_value(date(2022, 1, 1))
    scene.run()
    assert "read again with this date" in scene.words
    scene.at.date_input(key=key(scene, "date")).set_value(None)
    scene.run()
    assert "kept as undated" in scene.words


def test_a_copy_of_a_stored_report_is_told_when_it_is_stored(scene: Scene) -> None:
    agency = " ".join(
        f"The mayor of town number {n} said that the bridge over the river would stay closed for {n} more weeks."
        for n in range(1, 9)
    )
    first = replace(draft(0).report, id="agency", text=agency, title="Bridges <stay> closed", mentions=())
    copy = replace(first, id="copy", text=f"{agency} The council meets on Friday.", title="Bridges closed")
    with resources.writing() as store:
        store.add(first, [], [])
    scene.tells = [Found(1), Draft(copy, (), ())]
    paste(scene)
    scene.press("ca-job-store")
    assert "It tells the same story as: Bridges &lt;stay&gt; closed." in scene.words


def test_discarding_leaves_the_store_as_it_was(scene: Scene) -> None:
    paste(scene)
    scene.press("ca-job-discard")
    assert scene.ids() == {"r1", "r2"}
    assert scene.at.text_area(key="ca-paste-text").value == ""


def test_what_cannot_be_read_is_told_and_its_words_stay_to_be_mended(scene: Scene) -> None:
    scene.tells = [Rejected("the pasted text", "this is written in German; only English is read.")]
    paste(scene, "Ein Text.")
    assert "There is nothing to store." in scene.words
    assert "this is written in German" in scene.words
    scene.press("ca-job-back")
    assert scene.at.text_area(key="ca-paste-text").value == "Ein Text."


def test_a_report_that_is_known_is_named_as_it_is_stored(scene: Scene) -> None:
    scene.tells = [Known("what I pasted", "r1")]
    paste(scene)
    assert "The store knows this already." in scene.words
    assert "Office counts troops" in scene.words


def test_of_several_reports_those_not_wanted_are_left_out(scene: Scene) -> None:
    with resources.writing() as store:
        store.remove("r2")
    scene.tells = [Found(2), draft(1), draft(2), Rejected("broken.pdf", "it is damaged.")]
    paste(scene)
    assert "broken.pdf" in scene.words
    assert scene.at.button(key="ca-job-store").label == "Store 2 reports"
    scene.at.checkbox(key=key(scene, "wanted", 0)).uncheck()
    scene.run()
    assert scene.at.button(key="ca-job-store").label == "Store 1 report"
    scene.press("ca-job-store")
    assert scene.ids() == {"r1", "r3"}


def test_a_job_survives_a_look_at_another_page_and_a_new_start_of_the_page(scene: Scene) -> None:
    paste(scene)
    assert scene.job
    again = AppTest.from_string(SCRIPT.format(page="add_page"), default_timeout=PATIENCE)
    again.query_params["job"] = scene.job.name
    again.run()
    assert again.button(key="ca-job-store").label == "Store 1 report"


def test_a_made_up_job_in_the_address_is_dropped(scene: Scene) -> None:
    scene.at.query_params["job"] = "<script>"
    scene.run()
    assert "job" not in scene.at.query_params
    assert scene.at.text_area(key="ca-paste-text").value == ""


def test_an_address_is_asked_for_only_when_the_button_is_pressed(scene: Scene) -> None:
    scene.run()
    scene.at.text_input(key="ca-url").set_value("news.example/story")
    scene.run()
    assert scene.handed == []
    assert "<strong>news.example</strong>" in scene.words
    scene.press("ca-url-read")
    assert scene.handed == [Address("https://news.example/story", 20)]


@pytest.mark.parametrize("url", ["ftp://news.example/", "https://me:pw@news.example/", "https://news example/"])
def test_what_is_no_web_address_cannot_be_asked_for(scene: Scene, url: str) -> None:
    scene.run()
    scene.at.text_input(key="ca-url").set_value(url)
    scene.run()
    assert scene.at.button(key="ca-url-read").disabled
    assert 'role="alert"' in scene.words


def test_a_table_needs_a_column_of_texts(scene: Scene) -> None:
    scene.run()
    scene.at.file_uploader(key="ca-files").upload("t.csv", b"Body,published\nOne text,2021-04-12\n", "text/csv")
    scene.run()
    assert "Which column of <strong>t.csv</strong> is what?" in scene.words
    assert scene.at.button(key="ca-files-read").disabled
    text, published = (box for box in scene.at.selectbox if box.label in ("Text", "Date"))
    assert text.options == ["Body – One text", "published – 2021-04-12"]
    assert published.value == 1
    text.set_value(0)
    scene.run()
    scene.press("ca-files-read")
    (handed,) = scene.handed
    assert getattr(handed, "columns", None) == {"text": "Body", "published": "published"}


def test_removing_says_what_goes_and_removes_it_for_all_readers(scene: Scene) -> None:
    scene.run()
    scene.at.button(key="ca-stored-remove-1").click().run()
    assert "Its text and 2 claims go." in scene.words
    assert scene.ids() == {"r1", "r2"}
    scene.at.button(key="ca-remove-yes").click().run()
    assert scene.ids() == {"r2"}
    assert resources.overview().total == 3


def test_keeping_removes_nothing(scene: Scene) -> None:
    scene.run()
    scene.at.button(key="ca-stored-remove-0").click().run()
    scene.at.button(key="ca-remove-no").click().run()
    assert scene.ids() == {"r1", "r2"}


def test_places_are_lost_only_when_no_other_report_speaks_of_them(scene: Scene) -> None:
    assert resources.asked(stored_reports.places_lost, "r1") == 0
    assert resources.asked(stored_reports.places_lost, "r2") == 2, (PENINSULA, CITY)


def test_reports_are_found_by_words_of_title_and_outlet(scene: Scene) -> None:
    found = stored_reports.stored()
    assert [report.id for report in found] == ["r2", "r1"], "the latest first"
    assert [report.id for report in stored_reports.matching(found, "WIRE office")] == ["r1"]
    assert stored_reports.matching(found, "office minister") == []


def test_samples_are_loaded_at_once_and_removed_without_the_readers_own_reports(scene: Scene) -> None:
    sample = draft(2)
    scene.tells = [Found(1), replace(sample, report=replace(sample.report, sample=True))]
    scene.run()
    assert "The sample reports are not in the store." in scene.words
    scene.press("ca-samples-load")
    assert scene.handed == [Samples()]
    assert scene.ids() == {"r1", "r2", "r3"}
    scene.press("ca-job-more")
    scene.at.button(key="ca-samples-remove").click().run()
    assert "your own reports stay" in scene.words
    scene.at.button(key="ca-remove-yes").click().run()
    assert scene.ids() == {"r1", "r2"}


def test_a_hostile_report_is_shown_as_words_before_and_after_it_is_stored(scene: Scene) -> None:
    report, claims, places = hostile_report()
    scene.tells = [
        Found(1),
        Draft(report, tuple(claims), tuple(places)),
        Rejected(HOSTILE, HOSTILE),
        Known(HOSTILE, "x"),
    ]
    paste(scene)
    assert "<script>" not in scene.words
    scene.press("ca-job-store")
    assert "<script>" not in scene.words
    for button in scene.at.button:
        assert "HACKED" not in button.label


def test_the_page_speaks_french(scene: Scene) -> None:
    scene.at.query_params["lang"] = "fr"
    scene.run()
    assert "elle n’est jamais devinée" in scene.words
    assert "Show" not in scene.words
    with speaking("en"):
        assert stored_reports.stored()[0].title == "Minister gives figures"


def test_what_was_set_aside_is_told_in_french_with_what_the_file_calls_it(scene: Scene) -> None:
    where, reason = Worded("{where}, line {n}", where="<b>news</b>.jsonl", n="7"), Worded("there is no text in it.")
    scene.tells = [Rejected(where, reason), Known(Worded("the pasted text"), "gone")]
    scene.at.query_params["lang"] = "fr"
    paste(scene)
    assert "<strong>&lt;b&gt;news&lt;/b&gt;.jsonl, ligne 7</strong> il n’y a pas de texte dedans." in scene.words
    assert "le texte collé" in scene.words


def test_why_a_job_failed_is_told_in_french(scene: Scene) -> None:
    def fail(_order: Order) -> NoReturn:
        raise StoreError("The store {path} was closed already; open it again.", path="a.duckdb")

    scene.jobs = Jobs(Means(begin=fail, reading=resources.reading, writing=resources.writing))
    scene.at.query_params["lang"] = "fr"
    paste(scene)
    assert "La base a.duckdb est déjà fermée ; ouvrez-la de nouveau." in scene.words.replace("\u00a0", " ")


def test_what_is_no_web_address_is_told_in_french(scene: Scene) -> None:
    scene.at.query_params["lang"] = "fr"
    scene.run()
    scene.at.text_input(key="ca-url").set_value("ftp://news.example/")
    scene.run()
    assert "seules les adresses http et https sont lues." in scene.words


def test_a_draft_counts_on_the_map_as_it_would_in_the_store(tmp_path: Path) -> None:
    with ClaimStore.open(tmp_path / "one.duckdb") as store:
        store.add(*REPORTS[1])
        stored = store.marks(Filters())
    shown = marks_of(draft(1))
    assert {mark.place.key: (mark.n, mark.n_counts, mark.sides) for mark in shown} == {
        mark.place.key: (mark.n, mark.n_counts, mark.sides) for mark in stored
    }
    assert lines_of(draft(1))[0].places == ((BORDER.key, BORDER.name),)
