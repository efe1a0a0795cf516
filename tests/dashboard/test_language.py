"""Interface texts in more than one language: one catalogue, none missing, none stale, and values that stay values."""

from __future__ import annotations

import ast
import pickle
import re
import threading
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from dashboard import language
from dashboard.catalogue import calls, is_own_error, reachable
from dashboard.language import FOLDER, LANGUAGES, number, plural, short_day, speaking, t, told
from errors import InputError, Worded, reworded
from extract.reading import ReadingError

ROOT = Path(__file__).parents[2]
OTHERS = [code for code in LANGUAGES if code != language.ENGLISH]
KEYWORDS = {"t": None, "later": None, "plural": (2, 3), "Worded": None, "Error": None}
PLACEHOLDER = re.compile(r"\{[^{}]*\}")


@lru_cache
def texts() -> set[str | tuple[str, ...]]:
    """What the catalogues must hold, as the make target finds it."""
    with (FOLDER / "babel.cfg").open() as file:
        methods, _ = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, methods, keywords=KEYWORDS)
    return {message for _, _, message, *_ in found}


def catalogue(code: str) -> Catalog:
    with (FOLDER / code / language.CATALOGUE).open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


def entries(code: str) -> dict[str | tuple[str, ...], Message]:
    return {
        tuple(entry.id) if isinstance(entry.id, list | tuple) else entry.id: entry
        for entry in catalogue(code)
        if entry.id
    }


def forms(words: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def test_a_text_is_found_wherever_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "page.py").write_text(
        "a = f'<b>{t(\"Within\")}</b>'\nb = x.plural(n, 'one', 'many') + t(a) + later('Table')"
    )
    found = extract_from_dir(tmp_path, [("**.py", calls)], keywords=KEYWORDS)
    assert {message for _, _, message, *_ in found} == {"Within", ("one", "many"), "Table"}


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_is_translated(code: str) -> None:
    found = entries(code)
    missing = sorted(map(str, texts() - found.keys()))
    assert not missing, f"run `make texts`, then translate in assets/languages/{code}: {missing}"
    empty = [entry.id for entry in found.values() if not all(forms(entry.string)) or entry.fuzzy]
    assert not empty, f"not translated, or marked as doubtful, in assets/languages/{code}: {empty}"


@pytest.mark.parametrize("code", OTHERS)
def test_no_translation_is_stale(code: str) -> None:
    stale = sorted(map(str, entries(code).keys() - texts()))
    assert not stale, f"no text needs these any more, `make texts` drops them: {stale}"
    assert not catalogue(code).obsolete


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_names_the_same_values_as_its_text(code: str) -> None:
    for entry in entries(code).values():
        wanted = {name for form in forms(entry.id) for name in PLACEHOLDER.findall(form)}
        for form in forms(entry.string):
            assert set(PLACEHOLDER.findall(form)) == wanted, entry.id


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_is_no_markup_where_its_text_is_none(code: str) -> None:
    for entry in entries(code).values():
        tags = sorted(re.findall(r"</?[a-z][^>]*>", forms(entry.id)[0]))
        for form in forms(entry.string):
            assert sorted(re.findall(r"</?[a-z][^>]*>", form)) == tags, entry.id


def calls_of_t() -> list[tuple[str, ast.Call]]:
    return [
        (f"{path.name}:{node.lineno}", node)
        for path in sorted((ROOT / "dashboard").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "t"
    ]


def test_every_text_is_given_the_values_that_it_names() -> None:
    assert calls_of_t()
    for where, call in calls_of_t():
        assert len(call.args) == 1, where
        assert not isinstance(call.args[0], ast.JoinedStr), f"{where}: an f-string is no entry of a catalogue"
        if isinstance(call.args[0], ast.Constant):
            named = {keyword.arg for keyword in call.keywords}
            assert set(re.findall(r"\{([^{}]*)\}", call.args[0].value)) == named, where


@lru_cache
def trees() -> dict[Path, ast.Module]:
    """All modules that the dashboard can import."""
    return {path: ast.parse(path.read_bytes()) for path in sorted(reachable(ROOT))}


@lru_cache
def messages() -> list[tuple[str, ast.Call, ast.expr]]:
    """Where a reader of the dashboard is told what is wrong: the call that makes the message, and its pattern."""
    return [
        (f"{path.relative_to(ROOT)}:{node.lineno}", node, node.args[-1])
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and node.args and tells(node.func)
    ]


def tells(function: ast.expr) -> bool:
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    return name in ("Worded", "SetAside", "Rejected") or is_own_error(name)


def test_what_the_dashboard_can_import_is_known() -> None:
    found = {path.relative_to(ROOT).as_posix() for path in reachable(ROOT)}
    assert {"errors.py", "extract/reading/warc.py", "geo/geocoders/photon.py", "pipeline/beside.py"} <= found
    assert not {"pipeline/__main__.py", "pipeline/commands/ingest.py", "geo/build.py", "tests/conftest.py"} & found


def test_every_message_that_a_reader_can_meet_is_one_of_the_catalogue() -> None:
    found = texts()
    assert len(messages()) > 200
    for where, call, pattern in messages():
        assert not isinstance(pattern, ast.JoinedStr | ast.BinOp), f"{where}: put the values beside the message"
        if isinstance(pattern, ast.Constant):
            own = not (isinstance(call.func, ast.Name) and call.func.id in ("SetAside", "Rejected"))
            assert own, f"{where}: a reason is Worded"
            assert pattern.value in found, where


def test_no_message_is_kept_in_a_variable_on_its_way() -> None:
    """There it would not be found for the catalogue."""
    for path, tree in trees().items():
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            nodes = list(ast.walk(function))
            told = {
                node.args[-1].id
                for node in nodes
                if isinstance(node, ast.Call) and node.args and tells(node.func) and isinstance(node.args[-1], ast.Name)
            }
            for node in nodes:
                if (
                    isinstance(node, ast.Assign)
                    and isinstance(node.targets[0], ast.Name)
                    and node.targets[0].id in told
                ):
                    literal = isinstance(node.value, ast.Constant | ast.JoinedStr | ast.BinOp)
                    assert not literal, f"{path.name}:{node.lineno}"


def test_every_message_is_given_the_values_that_it_names() -> None:
    own_arguments = {"temporary", "retry_after"}
    for where, call, pattern in messages():
        if isinstance(pattern, ast.Constant) and (given := {keyword.arg for keyword in call.keywords} - own_arguments):
            assert set(re.findall(r"\{([a-z_]+)\}", pattern.value)) == given, where


def test_an_error_is_told_in_the_readers_language_with_what_it_quotes() -> None:
    size = Worded("the line is longer than {most} bytes.", most=4096)
    error = ReadingError(Worded("{where}, line {n}", where="news.jsonl", n="12"), size)
    assert told(error) == str(error) == "news.jsonl, line 12: the line is longer than 4,096 bytes."
    with speaking("fr"):
        assert told(error) == "news.jsonl, ligne 12\u00a0: la ligne dépasse 4\u202f096 octets."
        assert told(error.reason) == "la ligne dépasse 4\u202f096 octets."


def test_words_that_are_nobodys_pattern_stay_as_they_are() -> None:
    with speaking("fr"):
        assert told("disk full {n}") == "disk full {n}"
        assert told(InputError("")) == ""
        assert told(InputError("Nobody {wrote} this.")) == "Nobody {wrote} this."


def test_a_message_is_told_in_french_after_it_came_from_another_process() -> None:
    sent = pickle.loads(pickle.dumps(Worded("{where}, entry {n}", where=Worded("the pasted text"), n="3")))
    renamed = reworded(sent, "3", "4")
    assert (sent, renamed) == ("the pasted text, entry 3", "the pasted text, entry 4")
    with speaking("fr"):
        assert (told(sent), told(renamed)) == ("le texte collé, entrée 3", "le texte collé, entrée 4")


def test_a_value_is_inserted_and_never_read_as_a_pattern() -> None:
    assert t("{who} said {what}", who="{what}", what="{who.__class__}") == "{what} said {who.__class__}"


@given(st.text())
def test_any_value_stands_as_it_is(words: str) -> None:
    assert t("a {value} b", value=words) == f"a {words} b"


def test_a_text_without_values_may_have_braces() -> None:
    assert t("{z}/{x}") == "{z}/{x}"


def test_numbers_and_dates_are_written_as_the_language_writes_them() -> None:
    assert (number(1234567), short_day(date(2021, 4, 14))) == ("1,234,567", "14 Apr 2021")
    with speaking("fr"):
        assert (number(1234567), short_day(date(2021, 4, 14))) == ("1\u202f234\u202f567", "14 avr. 2021")
        assert t("{n} and {day}", n=80000, day=date(2021, 4, 14)) == "80\u202f000 and 14 avril 2021"


def test_plurals_follow_the_rules_of_the_language() -> None:
    assert [plural(n, "claim", "claims") for n in (0, 1, 2)] == ["0 claims", "1 claim", "2 claims"]
    with speaking("fr"):
        assert [plural(n, "claim", "claims") for n in (0, 1, 2)] == ["0 affirmation", "1 affirmation", "2 affirmations"]


@pytest.mark.parametrize(
    ("name", "code"), [("fr-CA", "fr"), ("FR", "fr"), ("en_US", "en"), ("de", None), ("../fr", None), ("", None)]
)
def test_only_languages_of_the_interface_are_taken(name: str, code: str | None) -> None:
    assert language.known(name) == code


def test_a_language_chosen_in_one_thread_is_not_that_of_another() -> None:
    heard: list[str] = []
    with speaking("fr"):
        other = threading.Thread(target=lambda: heard.append(language.current()))
        other.start()
        other.join()
        assert language.current() == "fr"
    assert heard == ["en"]


LABELLED = {
    "button", "caption", "checkbox", "date_input", "download_button", "error", "expander", "file_uploader", "info",
    "link_button", "multiselect", "number_input", "page_link", "pills", "popover", "radio", "segmented_control",
    "select_slider", "selectbox", "slider", "spinner", "success", "text_area", "text_input", "toast", "toggle",
    "warning",
}  # fmt: skip


def test_no_label_goes_around_the_catalogue() -> None:
    for path in sorted((ROOT / "dashboard").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LABELLED:
                for label in node.args[:1]:
                    bare = isinstance(label, ast.Constant) and isinstance(label.value, str)
                    assert not bare, f"{path.name}:{node.lineno}: a label that no reader of another language is given"
