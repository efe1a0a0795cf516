"""Tables, mails, word processor files and PDFs: what they hold comes out, and what they cannot hold is named."""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import docx as docx_library
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from errors import ClaimAtlasError
from extract.model import Report
from extract.reading import ReadingError, SetAside, read
from extract.reading.csv_table import columns_of, read_csv

STORY = "The council of the valley met on Monday to hear what the boatmen had seen."
MORE = "More than 300 barges had gathered there since the spring, they said."
GERMAN = "Der Rat des Tales trat am Montag zusammen, um zu hören, was die Schiffer an der Mündung gesehen hatten."


def put(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def one(path: Path) -> Report:
    (report,) = read(path)
    assert isinstance(report, Report)
    return report


def refusal(path: Path) -> str:
    with pytest.raises(ReadingError) as caught:
        list(read(path))
    assert str(path) in str(caught.value)
    return str(caught.value)


# -- CSV ----------------------------------------------------------------------------------------------------------


def test_a_row_is_a_report_with_what_its_columns_say(tmp_path: Path) -> None:
    table = f"id,text,published,title,outlet,url\n7,{STORY},2021-04-12,T,O,https://a.example/\n"
    assert one(put(tmp_path, "a.csv", table)) == Report(STORY, "7", "T", "O", "https://a.example/", date(2021, 4, 12))


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_user_says_which_column_is_what(tmp_path: Path, mark: str) -> None:
    table = f'\ufeffNr{mark}Body{mark}Date{mark}title\r\n1{mark}"{STORY}\n\n""{MORE}"""{mark}2021-04-12{mark}\r\n'
    columns = columns_of("text=body, published=DATE,id=nr")
    (report,) = read(put(tmp_path, "a.csv", table), columns=columns)
    assert report == Report(f'{STORY}\n\n"{MORE}"', "1", published=date(2021, 4, 12))


@pytest.mark.parametrize("words", ["text", "text=", "body=text", "=x", "text=a,,", "text=a;b=c,date=d"])
def test_a_mapping_that_says_nothing_is_refused(words: str) -> None:
    with pytest.raises(ReadingError, match="text=body,published=date"):
        columns_of(words)


def test_a_table_without_a_text_column_says_which_there_are(tmp_path: Path) -> None:
    assert "(there are: Nr, Body); say which is what: --columns text=NAME" in refusal(
        put(tmp_path, "a.csv", f"Nr,Body\n1,{STORY}\n")
    )
    with pytest.raises(ReadingError, match="no column is called 'when'"):
        list(read_csv(tmp_path / "a.csv", columns={"text": "Body", "published": "when"}))


def test_bad_rows_are_set_aside_by_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    rows = [
        f'1,"{STORY}\n{MORE}",2021-04-12', "2,,2021-04-12", f"3,{STORY},12 April", f"4,{STORY}", f'5,"{GERMAN}",', "",
        f"6,{STORY},2021-04-12,more", f"7,{STORY} \udcff,", f"8,{STORY}\0,", f"{'9' * 3000},{STORY},", f"10,{STORY},",
    ]  # fmt: skip
    table = "id,text,published\n" + "\n".join(rows)
    found = list(read(put(tmp_path, "a.csv", table.encode("utf-8", "surrogateescape"))))
    assert [item.id for item in found if isinstance(item, Report)] == ["1", "10"]
    bad = {item.where.rpartition("line ")[2]: item.reason for item in found if isinstance(item, SetAside)}
    assert list(bad) == ["4", "5", "6", "7", "9", "10", "11", "12"]
    words = ["no text", "no date", "2 fields", "German", "4 fields", "UTF-8", "UTF-8", "too long"]
    assert all(word in reason for word, reason in zip(words, bad.values(), strict=True))


def test_a_quotation_mark_that_is_never_closed_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", 'text\n"' + "a line of it\n" * 900_000)
    with pytest.raises(ReadingError, match="never closed"):
        list(read(path))
    with put(tmp_path, "b.csv", "text\n").open("ab") as file:
        file.truncate(5 * 2**30)
    with pytest.raises(ReadingError, match="does not end"):
        list(read(tmp_path / "b.csv"))


# -- mail ---------------------------------------------------------------------------------------------------------


def mail(plain: str | None = None, html: str | None = None) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "Desk <desk@valley.example>", "Barges, and “more”"
    message["Date"] = "Mon, 12 Apr 2021 23:30:00 -0500"
    if plain is not None:
        message.set_content(plain)
    if html is not None:
        (message.add_alternative if plain is not None else message.set_content)(html, subtype="html")
    return message


def test_a_message_gives_its_text_subject_and_day(tmp_path: Path) -> None:
    message = mail(f"{STORY}\n\n{MORE} — “so”\n", f"<p>{STORY}</p>")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="a.pdf")
    report = one(put(tmp_path, "m.eml", message.as_bytes()))
    assert report.text == f"{STORY}\n\n{MORE} — “so”"
    assert (report.id, report.title, report.published) == ("m", "Barges, and “more”", date(2021, 4, 12))
    assert report.outlet is None


def test_a_message_in_markup_is_read_without_it(tmp_path: Path) -> None:
    html = f"<style>p {{}}</style><script>evil()</script><div>{STORY}<br>{MORE}</div><p>Tom &amp; Ann"
    assert one(put(tmp_path, "m.eml", mail(html=html).as_bytes())).text == f"{STORY}\n\n{MORE}\n\nTom & Ann"


def test_a_message_without_a_day_has_none(tmp_path: Path) -> None:
    for header in (b"Date: soon\n", b"", b"Date: Mon, 99 Apr 2021 00:00:00 +0000\n"):
        path = put(tmp_path, "m.eml", b"Subject: Barges\n" + header + b"\n" + STORY.encode())
        assert one(path).published is None


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (STORY.encode(), "not an e-mail message"),
        (b"Subject: x\nContent-Type: text/plain; charset=klingon\n\n\xe4", "unknown"),
        (b"Subject: x\nContent-Type: text/plain; charset=utf-8\n\n\xe4" + STORY.encode(), "byte"),
        (b"Subject: x\nContent-Type: image/png\n\nabc", "only attachments"),
        (b"Subject: x\nContent-Type: text/html\n\n<p></p>", "no text"),
        (b"Subject: x\n\n" + GERMAN.encode(), "German"),
        (b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 50_000, "parts"),
        (b"".join(b"Subject: x\nContent-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(1_500)),
         "nested|only attachments|no text"),
        (b"Subject: x\nContent-Type: message/rfc822\n\n" * 1_500, "nested|only attachments"),
        (b"Subject: x\nContent-Transfer-Encoding: base64\n\n\xff\xff=!!", "no text|UTF-8"),
    ],
    ids=["none", "charset", "wrong charset", "picture", "empty", "German", "parts", "nested", "forwards", "base64"],
)  # fmt: skip
def test_each_way_a_message_can_be_wrong_has_its_reason(tmp_path: Path, raw: bytes, words: str) -> None:
    start = time.process_time()
    assert any(word in refusal(put(tmp_path, "m.eml", raw)) for word in words.split("|"))
    assert time.process_time() - start < 10


# -- word processor -----------------------------------------------------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str = f"<w:p><w:r><w:t>{STORY}</w:t></w:r></w:p>", **parts: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_document_gives_its_paragraphs_and_title(tmp_path: Path) -> None:
    body = f"""<w:p><w:r><w:t>The council of the </w:t></w:r><w:del><w:r><w:delText>old</w:delText></w:r></w:del>
      <w:ins><w:r><w:t>valley met on Monday to hear what the boatmen had seen.</w:t></w:r></w:ins></w:p><w:p/>
      <w:tbl><w:tr><w:tc><w:p><w:r><w:instrText>PAGE</w:instrText><w:t>{MORE}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"""
    core = """<cp:coreProperties xmlns:cp="urn:c" xmlns:dc="http://purl.org/dc/elements/1.1/"
      xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Barges</dc:title>
      <dcterms:created>2019-05-03T00:00:00Z</dcterms:created></cp:coreProperties>"""
    report = one(put(tmp_path, "d.docx", docx(body, **{"docProps/core.xml": core})))
    assert report.text == f"{STORY}\n\n{MORE}"
    assert (report.id, report.title, report.published) == ("d", "Barges", None)


def test_a_library_of_the_format_writes_what_is_read(tmp_path: Path) -> None:
    document = docx_library.Document()
    document.add_heading("Barges")
    document.add_paragraph(STORY)
    document.save(str(tmp_path / "d.docx"))
    assert one(tmp_path / "d.docx").text == f"Barges\n\n{STORY}"


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"PK\x03\x04 nothing", "not a .docx"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "encrypted"),
        (docx()[:-40], "damaged"),
        (docx("<w:p>"), "damaged"),
        (docx(f"<w:p><w:r><w:t>{GERMAN}</w:t></w:r></w:p>"), "German"),
        (docx(""), "no text"),
        (docx("<w:p><w:r><w:t>" + "boats " * 90_000 + "</w:t></w:r></w:p>"), "too long"),
        (docx("<!-- " + " " * 30_000_000 + "-->"), "longer than"),
        (docx("<w:p>" * 200_000 + "</w:p>" * 200_000), "no text"),
        (docx(**{"docProps/core.xml": BOMB}), "damaged"),
        (docx(**{"docProps/core.xml": EXTERNAL}), "damaged"),
    ],
    ids=["no zip", "encrypted", "cut", "xml", "German", "empty", "long", "bomb", "nested", "entities", "external"],
)
def test_each_way_a_document_can_be_wrong_has_its_reason(tmp_path: Path, raw: bytes, words: str) -> None:
    start = time.process_time()
    assert words in refusal(put(tmp_path, "d.docx", raw))
    assert time.process_time() - start < 10


def test_a_zip_of_something_else_is_no_document(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../evil.txt", "x")
    assert "word/document.xml" in refusal(put(tmp_path, "d.docx", out.getvalue()))


# -- PDF ----------------------------------------------------------------------------------------------------------


def pdf(stream: bytes, *, packed: bool = False) -> bytes:
    body = zlib.compress(stream) if packed else stream
    kind = b"/Filter /FlateDecode " if packed else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        b"/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< " + kind + b"/Length %d >>\nstream\n" % len(body) + body + b"\nendstream",
    ]
    out = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 5\n0000000000 65535 f \n" + table + trailer


def words_of(*lines: str) -> bytes:
    return b"BT /F 11 Tf 50 700 Td 14 TL " + b" ".join(b"(%s) Tj T*" % line.encode() for line in lines) + b" ET"


PDF = pdf(words_of(STORY, MORE))


def locked(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(PDF)))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_gives_its_lines(tmp_path: Path) -> None:
    report = one(put(tmp_path, "p.pdf", PDF))
    assert report.text == f"{STORY}\n{MORE}"
    assert (report.id, report.title, report.published) == ("p", "p", None)


def test_paragraphs_of_a_pdf_stand_apart_where_the_page_leaves_space(tmp_path: Path) -> None:
    lines = b"(The council of) Tj T* (the valley met.) Tj 0 -28 Td (Then the boats) Tj T* (came home.) Tj"
    report = one(put(tmp_path, "p.pdf", pdf(b"BT /F 11 Tf 50 700 Td 14 TL " + lines + b" ET")))
    assert report.text == "The council of\nthe valley met.\n\nThen the boats\ncame home."


def test_letters_that_printing_joined_are_parted(tmp_path: Path) -> None:
    joined = b"/Encoding << /Type /Encoding /Differences [1 /fi /ffi] >> /BaseFont /Helvetica"
    raw = pdf(words_of(STORY, "The \x01ve o\x02cers said so.")).replace(b"/BaseFont /Helvetica", joined)
    assert "The five officers said so." in one(put(tmp_path, "p.pdf", raw)).text


def test_a_pdf_locked_only_against_changes_is_read(tmp_path: Path) -> None:
    assert one(put(tmp_path, "p.pdf", locked(""))).text == f"{STORY}\n{MORE}"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"%PNG", "not a PDF"),
        (b"%PDF-1.4\nnothing of it", "PDF"),
        (locked("secret"), "encrypted"),
        (pdf(b"q 100 0 0 100 0 0 cm Q"), "text recognition"),
        (pdf(words_of("Der Rat des Tales trat am Montag zusammen", "um von den Schiffern der Flotte zu erfahren",
                       "was sich in der vergangenen Woche an der Grenze zugetragen habe")),
         "German"),
        (pdf(words_of(*["The boats of the valley"] * 30_000), packed=True), "PDF|too long"),
        (pdf(b" " * 60_000_000, packed=True), "PDF"),
        (pdf(b"BT /F 1 Tf " + b"(x) Tj " * 1_000_000 + b"ET", packed=True), "PDF|too long"),
        (PDF.replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"), "PDF|no text"),
        (PDF.replace(b"/Contents 4 0 R", b"/Contents (x) "), "PDF|no text"),
    ],
    ids=["none", "cut", "locked", "scan", "German", "long", "bomb", "operators", "cycle", "contents"],
)  # fmt: skip
def test_each_way_a_pdf_can_be_wrong_has_its_reason(tmp_path: Path, raw: bytes, words: str) -> None:
    start = time.process_time()
    message = refusal(put(tmp_path, "p.pdf", raw))
    assert any(word in message for word in words.split("|"))
    assert time.process_time() - start < 20


def test_a_message_whose_sender_line_breaks_off_is_read_by_its_other_lines(tmp_path: Path) -> None:
    raw = b"From:<\nSubject: Barges\nDate: Mon, 12 Apr 2021 23:30:00 -0500\n\n" + STORY.encode()
    assert one(put(tmp_path, "x.eml", raw)).title == "Barges"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([(".pdf", PDF), (".docx", docx()), (".eml", mail(STORY, f"<p>{STORY}").as_bytes())]),
       st.integers(0, 1_500), st.binary(max_size=12), st.integers(0, 30))  # fmt: skip
def test_a_damaged_file_is_read_or_refused(
    tmp_path: Path, whole: tuple[str, bytes], at: int, junk: bytes, gone: int
) -> None:
    ending, raw = whole
    try:
        assert one(put(tmp_path, f"x{ending}", raw[:at] + junk + raw[at + gone :])).text.strip()
    except ClaimAtlasError:
        return
