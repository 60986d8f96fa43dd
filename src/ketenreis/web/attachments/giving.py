"""How is an attached file given to a browser, so that it is shown and nothing in it is ever carried out?

A picture or film is given as what it is, and nothing else (`nosniff`); of a printed letter a copy that holds its pages alone;
anything else only to save. Every answer is locked in a sandbox of its own, whatever a browser makes of it.
"""

import re
from io import BytesIO
from pathlib import Path

from django.http import HttpRequest, HttpResponse

from ketenreis.web.attachments.keeping import media_type

LOCKED = "default-src 'none'; sandbox"
AT_ONCE = 2_000_000
"""Bytes of a film in one answer; the browser asks for the next part when it comes to that."""
MOST_PAGES = 200
_SHOWN_OF_A_PAGE = (
    "/Type",
    "/MediaBox",
    "/CropBox",
    "/Rotate",
    "/UserUnit",
    "/Resources",
    "/Contents",
    "/Group",
)
"""What draws a page. Everything else, such as links, forms, scripts and what begins by itself, stays behind."""


def given(request: HttpRequest, file: Path, name: str) -> HttpResponse:
    """A picture or film to show, as a whole or the part that is asked for; anything else to save."""
    kind = media_type(name)
    size = file.stat().st_size
    part = _part(request.headers.get("Range", ""), size) if kind.startswith("video/") else None
    if part is None:
        answer = HttpResponse(file.read_bytes(), content_type=kind)
    elif part[0] >= size:
        answer = HttpResponse(status=416, content_type=kind, headers={"Content-Range": f"bytes */{size}"})
    else:
        with file.open("rb") as read:
            read.seek(part[0])
            data = read.read(part[1] + 1 - part[0])
        said = {"Content-Range": f"bytes {part[0]}-{part[0] + len(data) - 1}/{size}"}
        answer = HttpResponse(data, status=206, content_type=kind, headers=said)
    if kind.startswith("video/"):
        answer["Accept-Ranges"] = "bytes"
    shown = "inline" if kind.startswith(("image/", "video/")) else "attachment"
    answer["Content-Disposition"] = f'{shown}; filename="{name}"'
    answer["Content-Security-Policy"] = LOCKED
    return answer


def _part(asked: str, size: int) -> tuple[int, int] | None:
    """The first and last byte that are asked for, so many as go at once; None where the whole is.

    Example:
        >>> _part("bytes=10-19", 100), _part("bytes=-5", 100), _part("bytes=0-1,5-6", 100)
        ((10, 19), (95, 99), None)
    """
    found = re.fullmatch(r"bytes=(\d{0,15})-(\d{0,15})", asked.strip())
    if found is None or not any(found.groups()):
        return None
    if not found[1]:
        first, last = max(size - int(found[2]), 0), size - 1
    else:
        first, last = int(found[1]), min(int(found[2] or size), size - 1)
    if found[2] and found[1] and int(found[2]) < first:
        return None  # a range that ends before it begins is no range
    return first, min(last, first + AT_ONCE - 1)


def pages(data: bytes) -> bytes:
    """A copy of a printed letter (PDF) with what draws its pages and nothing else; empty where it cannot be read."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject

    try:
        writer = PdfWriter()
        for page in PdfReader(BytesIO(data)).pages[:MOST_PAGES]:
            for name in page.keys() - set(_SHOWN_OF_A_PAGE) - {"/Parent"}:
                del page[NameObject(name)]
            writer.add_page(page)
        made = BytesIO()
        if writer.pages:
            writer.write(made)
        return made.getvalue()
    except Exception:  # noqa: BLE001  # whatever is wrong with a file, it can still be saved
        return b""
