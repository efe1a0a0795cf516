"""What a page's lists offer, and what a browser sends when a reader chooses (dashboard/pick_lists.py)."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

_CALLS = count(1)


def lists(at: AppTest) -> dict[str, dict[str, Any]]:
    """Each list of the page by its field."""
    handed = (json.loads(element.proto.json) for element in at.get("bidi_component"))
    return {one["field"]: one for data in handed for one in data.get("lists", ())}


def offered(at: AppTest, field: str) -> list[str]:
    """The words of a list's options."""
    return [words for _, words in lists(at)[field]["options"]]


def chosen(at: AppTest, field: str) -> list[str]:
    """The values of a list that are chosen."""
    return list(lists(at)[field]["chosen"])


def choose(at: AppTest, field: str, *values: str) -> AppTest:
    """Choose these values of a list, and nothing else of it."""
    return send(at, field, [{"call": next(_CALLS), "field": field, "values": list(values)}])


def send(at: AppTest, field: str, changes: object) -> AppTest:
    """Run the page as the component that holds a list would make it, with what the component sends."""
    holding = next(
        element.proto.id
        for element in at.get("bidi_component")
        if any(one["field"] == field for one in json.loads(element.proto.json).get("lists", ()))
    )
    states = at._tree.get_widget_states()
    told = json.dumps([{"event": "changes", "value": changes}])
    states.widgets.append(WidgetState(id=_make_trigger_id(holding, "events"), json_trigger_value=told))
    return at._run(states)
