"""Imported by a server before all else: it sends one message at a time and rests after each, as on a busy machine.

Whatever a run of the page draws waits then in the session's queue, where a run that follows finds it.
"""

from __future__ import annotations

import time

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession

REST = 0.03
"""Seconds between two messages."""


def _first(session: AppSession) -> list[ForwardMsg]:
    waiting = session._browser_queue
    first, rest = waiting._queue[:1], waiting._queue[1:]
    waiting._queue, waiting._delta_index_map = rest, {}
    if rest:
        time.sleep(REST)
        session._message_enqueued_callback()
    return first


AppSession.flush_browser_queue = _first  # type: ignore[method-assign]
