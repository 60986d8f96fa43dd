"""The real letter, film or screenshot hangs on what the customer sees; nothing in it is ever carried out."""

import io
import re
import zipfile

import pytest

LETTER = "word/document.xml"
WORDS = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Beste bewoner,</w:t></w:r></w:p><w:p><w:r><w:t>We komen </w:t></w:r><w:r><w:t>snel.</w:t></w:r></w:p></w:body></w:document>'


def docx(xml=WORDS):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(LETTER, xml)
    return made.getvalue()


def attached(client, workspace, name, data):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from ketenreis.web.changes import keeping

    if "brief" not in keeping.now(workspace).model:
        client.post(f"/{workspace.id}/e/bos/", {"do": "add", "kind": "artefact", "title": "Brief"})
    answer = client.post(f"/{workspace.id}/seen/attach/brief", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302
    return keeping.now(workspace).model["brief"]


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        (
            "brief.txt",
            "Beste bewoner,\nwij komen snel. Één keer.".encode("cp1252"),
            "Beste bewoner,\nwij komen snel. Één keer.",
        ),
        ("brief.docx", docx(), "Beste bewoner,\nWe komen snel."),
        (
            "brief.html",
            b"<head><title>x</title></head><script>alert(1)</script><p>Beste bewoner</p>",
            "Beste bewoner",
        ),
        ("brief.png", b"\x89PNG", None),
        ("film.mp4", b"<script>alert(1)</script>", None),
        ("kapot.docx", b"PK geen zip", None),
        ("kapot.pdf", b"%PDF niets", None),
    ],
)
def test_a_file_is_kept_with_its_text(client, workspace, name, data, text):
    brief = attached(client, workspace, name, data)
    assert brief.get("text") == text
    answer = client.get(f"/{workspace.id}/seen/file/{brief.get('file')}")
    assert answer.content == data
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    shown = {"png": "image/png", "mp4": "video/mp4"}.get(name[-3:])
    assert answer.headers["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert answer.headers["Content-Type"] == (shown or "application/octet-stream")


def test_a_printed_letter_gives_its_text(client, workspace):
    from reportlab.pdfgen.canvas import Canvas

    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.drawString(72, 720, "Wij komen binnen een week kijken.")
    canvas.save()
    brief = attached(client, workspace, "brief.pdf", made.getvalue())
    assert "binnen een week" in str(brief.get("text"))


def test_a_film_is_given_in_parts(client, workspace):
    data = bytes(range(256)) * 10_000
    name = attached(client, workspace, "film.webm", data).get("file")
    there = f"/{workspace.id}/seen/file/{name}"
    for asked, first, last in (
        ("bytes=0-1", 0, 1),
        ("bytes=100-", 100, 2_000_099),
        ("bytes=-7", 2_559_993, 2_559_999),
    ):
        answer = client.get(there, headers={"Range": asked})
        assert (answer.status_code, answer.content) == (206, data[first : last + 1])
        assert answer.headers["Content-Range"] == f"bytes {first}-{last}/2560000"
    assert client.get(there, headers={"Range": "bytes=9-3"}).content == data
    assert client.get(there, headers={"Range": "bytes=2560000-"}).status_code == 416
    page = client.get(f"/{workspace.id}/seen/").content.decode()
    assert re.search(rf'<video controls preload="metadata" src="{there}"', page)
    assert "autoplay" not in page


def test_the_pages_of_a_letter_are_shown_and_nothing_else_in_it(client, workspace):
    from pypdf import PdfReader, PdfWriter
    from pypdf.annotations import Link
    from pypdf.generic import DictionaryObject, NameObject, TextStringObject
    from reportlab.pdfgen.canvas import Canvas

    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.drawString(72, 720, "Wij komen kijken.")
    canvas.save()
    writer = PdfWriter(clone_from=made)
    does = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )
    writer.root_object[NameObject("/OpenAction")] = does
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): does})
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="javascript:alert(1)"))
    writer.write(evil := io.BytesIO())
    assert b"JavaScript" in evil.getvalue()
    kept = attached(client, workspace, "Brief.PDF", evil.getvalue()).get("file")
    answer = client.get(f"/{workspace.id}/seen/pages/{kept}")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'self'"
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert not re.search(rb"JavaScript|OpenAction|/AA|/Annots|alert", answer.content)
    (page,) = PdfReader(io.BytesIO(answer.content)).pages
    assert "Wij komen kijken." in page.extract_text()
    assert (
        f'<iframe src="/{workspace.id}/seen/pages/{kept}'
        in client.get(f"/{workspace.id}/seen/").content.decode()
    )


def test_a_letter_that_cannot_be_read_says_so_in_its_place(client, workspace):
    kept = attached(client, workspace, "scan.pdf", b"%PDF niets").get("file")
    answer = client.get(f"/{workspace.id}/seen/pages/{kept}")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "niet te lezen" in answer.content.decode()
    kept = attached(client, workspace, "brief.html", b"<script>alert(1)</script>").get("file")
    assert client.get(f"/{workspace.id}/seen/pages/{kept}").status_code == 404


def test_entities_and_bombs_in_a_letter_do_no_harm(client, workspace):
    bomb = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:t>&x;</w:t></w:p></w:document>'
    assert attached(client, workspace, "a.docx", docx(bomb)).get("text") is None
    assert attached(client, workspace, "b.docx", docx("<x>" + " " * 30_000_000 + "</x>")).get("text") is None


@pytest.mark.parametrize(
    "kept", ["../../keys/web", "..%2F..%2Fkeys%2Fweb", "0123456789abcdef-niets.txt", ".part"]
)
def test_nothing_but_attached_files_is_given(client, workspace, kept):
    assert client.get(f"/{workspace.id}/seen/file/{kept}").status_code == 404


def test_the_page_shows_pictures_and_where_they_are_seen(client, workspace):
    brief = attached(client, workspace, "scherm.png", b"\x89PNG")
    client.post(f"/{workspace.id}/e/telefoontje/", {"do": "relate", "relation": "shows", "target": "brief"})
    page = client.get(f"/{workspace.id}/seen/").content.decode()
    assert f'src="/{workspace.id}/seen/file/{brief.get("file")}"' in page
    assert "Telefoontje" in page


def test_a_letter_comes_with_its_version_its_day_and_where_it_is_shown_as_one_change(client, workspace):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from ketenreis.web.changes import keeping

    before = keeping.now(workspace).change
    client.post(
        f"/{workspace.id}/seen/new",
        {
            "file": SimpleUploadedFile("Bevestiging bezoek.docx", docx()),
            "version": "2.1",
            "date": "2026-03-01",
            "at": "telefoontje",
        },
    )
    model = keeping.now(workspace).model
    (letter,) = model.of_kind("artefact")
    assert (letter.name, letter.get("version"), str(letter.get("date"))) == (
        "Bevestiging bezoek",
        "2.1",
        "2026-03-01",
    )
    assert str(letter.get("text")).startswith("Beste bewoner")
    assert model.targets("telefoontje", "shows") == (letter,)
    assert keeping.now(workspace).change == before + 1
    assert "Bevestiging bezoek" in client.get(f"/{workspace.id}/journeys/boom-melden/").content.decode()


def test_a_newer_version_without_text_does_not_keep_what_the_older_said(client, workspace):
    assert attached(client, workspace, "brief.docx", docx()).get("text")
    assert attached(client, workspace, "scan.pdf", b"%PDF niets").get("text") is None
    assert "Hier kwam geen tekst uit" in client.get(f"/{workspace.id}/seen/").content.decode()
