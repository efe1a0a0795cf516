"""Word processor files (.docx): the paragraphs of the document, deleted passages and field codes left out.

A .docx file is a ZIP archive of XML. It is read without unpacking more than a bound, and without XML entities. The date
on which the file was made is not a date of publication, so there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from struct import error as StructError  # noqa: N812  its only name
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812  its only name

from extract.model import Report
from extract.reading.files import MAX_DOCUMENT, whole_file
from extract.reading.language import in_english
from extract.reading.source import MAX_CHARS, ReadingError, checked

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BROKEN: Final = (BadZipFile, ZlibError, StructError, RuntimeError, EOFError, OSError, LookupError, ValueError)
"""What the library lets through for an archive with damaged tables, or packed in a way that it does not know."""
_MAX_XML: Final = 20_000_000
"""Longest unpacked XML: its markup is some ten times as long as the text."""
_OLE: Final = b"\xd0\xcf\x11\xe0"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_TITLE: Final = "{http://purl.org/dc/elements/1.1/}title"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT: Final = {"del", "moveFrom", "instrText", "delText"}
_BREAKS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_docx(path: Path) -> Iterator[Report]:
    """The one report of a document; its title is the one in its properties, its id the file's name without ending.

    :raises ReadingError: when the file cannot be read, is encrypted, damaged or no .docx, or has no text in English.
    """
    where = str(path)
    with _archive(whole_file(path, most=MAX_DOCUMENT), where) as archive:
        body = _xml(archive, "word/document.xml", where)
        if body is None:
            raise ReadingError(where, "this is not a .docx document: it has no word/document.xml.")
        text = in_english(checked(_text(body), where), where)
        properties = _xml(archive, "docProps/core.xml", where)
    title = " ".join((properties.findtext(_TITLE) or "").split())[:1_000] if properties is not None else ""
    yield Report(text=text, id=path.stem, title=title or path.stem)


def _archive(raw: bytes, where: str) -> ZipFile:
    if raw.startswith(_OLE):
        raise ReadingError(
            where, "this is an encrypted document, or one of an old format (.doc). Save it as .docx without a password."
        )
    try:
        return ZipFile(BytesIO(raw))
    except _BROKEN as error:
        raise ReadingError(
            where, "this is not a .docx document, or a damaged one ({problem}).", problem=error
        ) from error


def _xml(archive: ZipFile, name: str, where: str) -> Element | None:
    """A part of the archive, parsed; None when it has no such part."""
    from defusedxml import DefusedXmlException  # noqa: PLC0415  loaded when the first document is read
    from defusedxml.ElementTree import ParseError, fromstring  # noqa: PLC0415

    try:
        with archive.open(name) as part:
            raw = part.read(_MAX_XML + 1)
        if len(raw) > _MAX_XML:
            raise ReadingError(where, "unpacked, {name} is longer than {most} bytes.", name=name, most=_MAX_XML)
        parsed: Element = fromstring(raw)
    except KeyError:
        return None
    except ReadingError:
        raise
    except (DefusedXmlException, ParseError) as error:
        raise ReadingError(
            where, "its {name} is damaged, or no XML of a document ({problem}).", name=name, problem=error
        ) from error
    except _BROKEN as error:
        raise ReadingError(where, "its {name} cannot be unpacked ({problem}).", name=name, problem=error) from error
    return parsed


def _text(body: Element) -> str:
    """Paragraphs, apart by a blank line. Walked without recursion: nesting has no limit in a hostile file."""
    pieces: list[str] = []
    length = 0
    stack = [body]
    while stack and length <= MAX_CHARS:
        element = stack.pop()
        tag = element.tag.removeprefix(_W).removeprefix(_STRICT)
        if tag in _LEFT_OUT or element.tag == _FALLBACK:
            continue
        piece = "\n\n" if tag == "p" else (element.text or "") if tag == "t" else _BREAKS.get(tag, "")
        pieces.append(piece)
        length += len(piece.strip())
        stack.extend(reversed(element))
    return "\n\n".join(filter(None, (block.strip() for block in "".join(pieces).split("\n\n"))))
