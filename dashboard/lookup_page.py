"""Look a place up: where a name may be, by the gazetteer that ships, and by servers only if the reader allows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st
from streamlit_folium import st_folium

from dashboard import lookup, resources, state, theme, wording
from dashboard import map as atlas
from dashboard.candidates_map import FARTHEST, candidates_group
from dashboard.language import later, number, percent, t
from dashboard.lookup import SERVICES, Answer, Candidate, Service
from dashboard.markup import esc

PARAMETER: Final = "q"
_QUERY: Final = "ca-lookup-query"
_ADDRESS: Final = "ca_lookup_address"
_ANSWERS: Final = "ca_lookup_answers"
_CALLS: Final = "ca_lookup_calls"
_HEIGHT: Final = 420


def render() -> None:
    """Draw the page."""
    theme.header(t("Look a place up: where a name may be, and how sure that is."))
    _read_address()
    with st.container(key="ca-lookup"):
        left, right = st.columns([1, 1.1], gap="medium")
        with left:
            st.text_input(t("Place name"), key=_QUERY, placeholder=t("Homs, or Paris, Texas"), max_chars=120)
            query = lookup.checked(st.session_state[_QUERY])
            _write_address(query)
            answers = _answers(query)
            candidates = [candidate for answer in answers for candidate in answer.candidates]
            _list(query, answers)
        with right:
            _map(query, candidates)
            _online(query)
    theme.footer()


def _read_address() -> None:
    """A link brings the question with it, never the permission to ask a server."""
    given = lookup.checked(st.query_params.get(PARAMETER))
    if st.session_state.get(_ADDRESS) != given:
        st.session_state[_ADDRESS] = st.session_state[_QUERY] = given
    st.session_state.setdefault(_QUERY, given)


def _write_address(query: str) -> None:
    if query:
        st.query_params[PARAMETER] = query
    elif PARAMETER in st.query_params:
        del st.query_params[PARAMETER]
    st.session_state[_ADDRESS] = query


def _answers(query: str) -> list[Answer]:
    """What the gazetteer says, then what servers have said to this very question."""
    if not query:
        return []
    asked, online = st.session_state.get(_ANSWERS, ("", []))
    return [resources.offline(state.borders()).answer(query), *(online if asked == query else [])]


def _list(query: str, answers: Sequence[Answer]) -> None:
    if not query:
        hint = t("Type a name. It is looked up in the gazetteer on this machine.")
        st.html(f'<p class="ca-empty">{hint}</p>')
    first = 1
    for answer in answers:
        st.html(_section(answer, first))
        first += len(answer.candidates)


def _section(answer: Answer, first: int) -> str:
    offline = answer.source == "offline"
    title = t("On this machine") if offline else esc(t("By {service}", service=answer.source))
    count = f' <span class="ca-count">{number(len(answer.candidates))}</span>' if answer.candidates else ""
    head = f'<h2 class="ca-section">{title}{count}</h2>'
    if answer.problem:
        return f'{head}<p class="ca-empty" role="alert">{esc(answer.problem, limit=400)}</p>'
    if not answer.candidates:
        none = t("{service} knows no place of this name.", service=answer.source)
        here = t("The gazetteer on this machine knows no place of this name.")
        return f'{head}<p class="ca-empty">{here if offline else esc(none)}</p>'
    rows = "".join(_row(number, candidate) for number, candidate in enumerate(answer.candidates, first))
    credit = "" if offline else f'<p class="ca-note">{t("© OpenStreetMap contributors, ODbL.")}</p>'
    return f'{head}<ol class="ca-candidates" start="{first}">{rows}</ol>{credit}'


def _row(number: int, candidate: Candidate) -> str:
    sure = t("not weighed")
    if candidate.confidence is not None:
        sure = t("{share} sure", share=percent(candidate.confidence))
    source = t("from {source}", source=candidate.source)
    facts = [wording.precision(candidate.precision), candidate.country, source, sure]
    words = '<span class="ca-dot">·</span>'.join(esc(fact, limit=80) for fact in facts if fact)
    return (
        f'<li value="{number}"><b class="ca-rank" aria-hidden="true">{number}</b><div>'
        f"<strong>{esc(candidate.name, limit=160)}</strong>"
        f'<span class="ca-where">{candidate.lat:.4f}, {candidate.lon:.4f}</span>'
        f'<span class="ca-note">{words}</span></div></li>'
    )


def _map(query: str, candidates: Sequence[Candidate]) -> None:
    asked, call = st.session_state.get(_CALLS, (None, 0))
    if asked != (query, len(candidates)):
        call += 1
        st.session_state[_CALLS] = ((query, len(candidates)), call)
    with st.container(key="ca-lookup-map"):
        st_folium(
            atlas.base_map(resources.map_libraries(), farthest=FARTHEST),
            key="ca-lookup-atlas",
            feature_group_to_add=candidates_group(candidates, call),
            returned_objects=[],
            use_container_width=True,
            height=_HEIGHT,
        )


def _online(query: str) -> None:
    """Servers are asked one by one, each only after it was allowed here, and only when the button is pressed."""
    with st.container(key="ca-online"):
        st.html(f'<h2 class="ca-section">{t("Ask online too?")}</h2><p class="ca-note">{t(_CONSENT)}</p>')
        allowed = [service for service in SERVICES if st.checkbox(_permission(service), key=_allow(service))]
        if st.button(t("Ask online"), key="ca-ask", disabled=not (query and allowed)):
            with st.spinner(t("Asking …")):
                st.session_state[_ANSWERS] = (query, lookup.ask(query, allowed, resources.answers_file()))
            st.rerun()


def _allow(service: Service) -> str:
    return f"ca-allow-{service.name}"


def _permission(service: Service) -> str:
    return t("Allow {service}: {host}, run by {who}", service=service.title, host=service.host, who=t(service.operator))


_CONSENT: Final = later(
    "Off unless you allow it here, for this visit only. If you do, and each time you press "
    "the button, <strong>the name you typed</strong> leaves this machine for the servers you tick; they also see this "
    "machine’s <strong>network address</strong>, and “claim-atlas” as the program that asks. No report and no claim is "
    "sent. Answers are kept in a file beside the store, so that a name is not asked twice."
)
