"""E-mail as a file: the text of the message, or its HTML without markup; attachments are left alone.

The date is the one the message says it was sent, as written there. Whoever sent it need not be the outlet.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

from extract.model import Report
from extract.reading.charset import web_text
from extract.reading.files import MAX_DOCUMENT, whole_file
from extract.reading.language import in_english
from extract.reading.markup import plain_text
from extract.reading.source import ReadingError, checked

_MOST_PARTS: Final = 2_000
_LONGEST_TITLE: Final = 1_000
_BROKEN: Final = (HeaderParseError, IndexError, AttributeError)
"""What the parser of the standard library raises at header lines that break off."""


def read_mail(path: Path) -> Iterator[Report]:
    """The one report of a message; its id is the file's name without its ending, its title the subject.

    :raises ReadingError: when the file cannot be read, is no message, or has no text in English.
    """
    where = str(path)
    raw = whole_file(path, most=MAX_DOCUMENT)
    try:
        yield _report(_message(raw, where), where, path.stem)
    except RecursionError as error:
        raise ReadingError(where, "its parts are nested too deeply to be read.") from error
    except _BROKEN as error:
        raise ReadingError(where, "its header lines are damaged; save the message again.") from error


def _message(raw: bytes, where: str) -> EmailMessage:
    if raw.count(b"\n--") > _MOST_PARTS:
        raise ReadingError(where, "this message has more than {most} parts.", most=_MOST_PARTS)
    message = message_from_bytes(raw, policy=policy.default)
    if not {name.lower() for name in message} & {"from", "date", "subject"}:
        raise ReadingError(where, "this is not an e-mail message: no sender, date or subject.")
    return message


def _report(message: EmailMessage, where: str, name: str) -> Report:
    body = message.get_body(preferencelist=("plain", "html"))
    if not isinstance(body, EmailMessage):
        raise ReadingError(where, "there is no text in this message, only attachments; save and read them.")
    payload = body.get_payload(decode=True)
    text = web_text(payload if isinstance(payload, bytes) else b"", where, charset=body.get_content_charset())
    text = text.replace("\r\n", "\n").strip()
    if body.get_content_subtype() == "html" and text:
        text = plain_text(text, where)
    title = " ".join(str(message["subject"] or "").encode("utf-8", "replace").decode().split())[:_LONGEST_TITLE]
    return Report(text=in_english(checked(text, where), where), id=name, title=title or None, published=_sent(message))


def _sent(message: EmailMessage) -> date | None:
    try:
        return parsedate_to_datetime(str(message["date"] or "")).date()
    except ValueError:
        return None
