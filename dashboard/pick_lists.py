"""Lists to choose from, side by side, in the browser one component (``frontend/picklists.js``).

What is chosen is not kept here: the page hands over the choice that is in force with every run, and hears of each
change of it. The browser sends a change until a run has answered it, so two that follow quickly both arrive; each has a
number, and one that was heard is not heard again.

Streamlit's own multiselect asks later and holds each list that was ever opened in the page (docs/performance.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import streamlit as st

from dashboard import libraries
from dashboard.language import t
from store.filters import MAX_VALUES, acceptable

Choose = Callable[[str, tuple[str, ...]], None]
_NO_CALL: Final = 0


@dataclass(frozen=True, slots=True)
class PickList:
    """One list: its name in the program, its label, the words of its options by value, and the values chosen.

    ``placeholder`` stands in the field while nothing is chosen. ``most`` values can be chosen; of a list with one, the
    next choice replaces the last. A list without options cannot be opened. ``named`` of the chosen ones are shown by
    name; how many more there are is a number. ``more`` says, below the options, where others are found.
    """

    field: str
    label: str
    options: Mapping[str, str]
    chosen: Sequence[str] = ()
    placeholder: str = ""
    most: int = MAX_VALUES
    named: int = 1
    more: str = ""


def show(key: str, lists: Sequence[PickList], choose: Choose) -> None:
    """Draw the lists; ``choose`` is told the field and all its values when the reader changes what is chosen."""
    libraries.component("picklists")(
        key=key, data=payload(key, lists), on_changes_change=partial(_take, key, tuple(lists), choose)
    )


def payload(key: str, lists: Sequence[PickList]) -> dict[str, Any]:
    """What the component is handed: the lists, its own texts, and the number of the last change that was heard."""
    return {
        "answered": _answered(key),
        "lists": [_written(one) for one in lists],
        "words": {
            "none": t("Nothing of that name"),
            "remove": t("Remove {option}", option="{name}"),
            "chosen": t("Chosen: {names}", names="{name}"),
            "full": t("No more can be chosen. Take one back first."),
        },
    }


def _written(one: PickList) -> dict[str, Any]:
    return {
        "field": one.field,
        "label": one.label,
        "placeholder": one.placeholder,
        "options": [[value, words] for value, words in one.options.items()],
        "chosen": list(one.chosen),
        "most": one.most,
        "named": one.named,
        "more": one.more,
    }


def _take(key: str, lists: Sequence[PickList], choose: Choose) -> None:
    """Hear what changed since the last time, in order."""
    given = (st.session_state.get(key) or {}).get("changes")
    for call, field, values in changes(given, lists):
        if call > _answered(key):
            st.session_state[f"{key}-answered"] = call
            choose(field, values)


def changes(given: object, lists: Sequence[PickList]) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Number, field and values of each change that a browser may ask for; whatever else it sent is dropped.

    What is in a list changes between the look and the click, so a value is not held to the list: filters drop those
    that they cannot have, and one that no claim has leaves nothing.
    """
    most = {one.field: one.most for one in lists}
    for change in given if isinstance(given, list) else ():
        match change:
            case {"call": bool()}:
                continue
            case {"call": int(call), "field": str(field), "values": list(values)} if field in most:
                yield call, field, tuple(value for value in values if acceptable(value))[: most[field]]


def _answered(key: str) -> int:
    return int(st.session_state.get(f"{key}-answered", _NO_CALL))
