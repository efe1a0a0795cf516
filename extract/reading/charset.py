"""Bytes of a web page or feed as text, by the charset that it declares."""

from __future__ import annotations

import codecs
import re
from typing import Final

from extract.reading.source import ReadingError, decoded

_DECLARED: Final = re.compile(rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_XML_DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})["']""", re.I)
_HEAD: Final = 16_384
"""Bytes in which a declaration is looked for: browsers look into 1,024, some publishers put it after long scripts."""

_KNOWN: Final = frozenset(
    {
        "utf-8", "ascii", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
        "iso8859-1", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8",
        "iso8859-9", "iso8859-10", "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "koi8-r", "koi8-u", "cp866",
        "mac-roman", "mac-cyrillic", "gbk", "gb2312", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "iso2022_jp",
        "cp874", "tis-620",
    }
)  # fmt: skip
"""Python names of the text encodings of the web. Its other codecs compress, escape or run code and are never used."""
_WEB_MEANING: Final = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030"}
"""What a label means on the web (WHATWG Encoding): a superset of what it says."""


def web_text(raw: bytes, where: str, *, charset: str | None = None) -> str:
    """The characters of a page. Bytes that are UTF-8 are read as UTF-8, whatever they say of themselves.

    Text in another encoding that happens to be valid UTF-8 does not occur beyond a few characters; a wrong declaration
    of UTF-8 text does, and following it would garble every quotation mark.

    :param charset: as the server declared it; the page's own declaration counts when it gives none.
    :raises ReadingError: when the bytes are neither UTF-8 nor what they are declared to be.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in raw:
        return decoded(raw, where)
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return _by_declaration(raw, where, charset or _own_declaration(raw))


def _own_declaration(raw: bytes) -> str | None:
    found = _XML_DECLARED.search(raw[:_HEAD]) or _DECLARED.search(raw[:_HEAD])
    return found[1].decode("ascii") if found else None


def _by_declaration(raw: bytes, where: str, charset: str | None) -> str:
    if charset is None:
        raise ReadingError(where, "it is not UTF-8 and declares no charset. Save it as UTF-8 and try again.")
    codec = _codec(charset)
    if codec is None:
        raise ReadingError(
            where, "it declares the charset {charset}, which is unknown. Save it as UTF-8.", charset=repr(charset[:40])
        )
    try:
        return raw.decode(codec)
    except UnicodeDecodeError as error:
        raise ReadingError(
            where,
            "it declares the charset {charset}, but byte {at} is none of its. Save it as UTF-8.",
            charset=repr(charset),
            at=error.start,
        ) from error


def _codec(charset: str) -> str | None:
    try:
        name = codecs.lookup(charset.strip()).name
    except (LookupError, ValueError):
        return None
    return _WEB_MEANING.get(name, name) if name in _KNOWN else None
