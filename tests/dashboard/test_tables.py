"""The table of reports is bounded: a store may hold ten thousand."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
from streamlit.testing.v1 import AppTest

from dashboard import report_list, tables_view
from dashboard.report_list import matching

REPORTS = pd.DataFrame(
    {
        "id": [f"r{i}" for i in range(250)],
        "title": [None if i == 7 else f"Title {i}" for i in range(250)],
        "outlet": ["Valley Desk" if i % 10 == 0 else None for i in range(250)],
        "published": [None if i == 3 else date(2021, 1, 1) + timedelta(days=i // 2) for i in range(250)],
        "sample": False,
        "n_claims": 1,
    }
)
SCRIPT = """
import sys
from dashboard import tables_view
tables_view._reports(sys.modules["tests.dashboard.test_tables"].Overview)
"""


class Overview:
    reports = REPORTS


def shown() -> AppTest:
    import sys

    sys.modules["tests.dashboard.test_tables"] = sys.modules[__name__]
    return AppTest.from_string(SCRIPT).run()


def note(at: AppTest) -> str:
    assert not at.exception
    return str(at.get("html")[0].proto.body)


def test_the_newest_come_first_and_the_undated_last() -> None:
    ids = list(matching(REPORTS)["id"])
    assert ids[:3] == ["r248", "r249", "r246"]
    assert ids[-1] == "r3"


def test_reports_are_found_by_every_word_of_title_or_outlet() -> None:
    assert list(matching(REPORTS, "desk VALLEY title 12")["id"]) == ["r120"]
    assert list(matching(REPORTS, "untitled")["id"]) == ["r7"]
    assert matching(REPORTS, "[").empty
    assert [entry.id for entry in report_list.entries(REPORTS, "desk 12")] == ["r120"]


def test_the_table_holds_so_many_and_says_how_many_there_are() -> None:
    at = shown()
    assert len(at.dataframe[0].value) == tables_view.REPORTS
    assert "The newest 100 of 250 reports." in note(at)
    at.text_input[0].set_value("valley").run()
    assert len(at.dataframe[0].value) == 25
    assert "25 reports, newest first" in note(at)
