"""Which text does a file hold? Taken out without carrying out anything in it."""

import re
import zipfile
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from io import BytesIO
from types import MappingProxyType

from defusedxml import ElementTree

LONGEST = 20_000
"""Characters of text that are kept of a file; a letter is shorter."""
LARGEST_PART = 20_000_000
"""Bytes that a part inside a zipped document may unfold to."""
_PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def text_of(name: str, data: bytes) -> str:
    """The text of a file.

    Args:
        name: Its name; the ending says how it is read.
        data: What it holds.

    Returns:
        The text; empty for a picture or film, and for a file that cannot be read.
    """
    read = _READERS.get(name.rpartition(".")[2].lower())
    if read is None:
        return ""
    try:
        return re.sub(r"\n{3,}", "\n\n", read(data)).strip()[:LONGEST]
    except Exception:  # noqa: BLE001  # a file that cannot be read is kept all the same; its text is a convenience
        return ""


def is_read(name: str) -> bool:
    """Whether a file of that name is one of which the text is taken out."""
    return name.rpartition(".")[2].lower() in _READERS


def _plain(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


class _Shown(HTMLParser):
    """Collects what a reader of a page would see."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the parser gives them
        """Notices where text is not shown, and where a line ends."""
        self.hidden += tag in {"script", "style", "head"}
        if tag in {"p", "br", "div", "li", "tr", "h1", "h2", "h3"}:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Notices where text is shown again."""
        self.hidden -= tag in {"script", "style", "head"}

    def handle_data(self, data: str) -> None:
        """Keeps what is shown."""
        if self.hidden <= 0:
            self.parts.append(data)


def _page(data: bytes) -> str:
    shown = _Shown()
    shown.feed(_plain(data))
    return "\n".join(line.strip() for line in "".join(shown.parts).splitlines())


def _letter(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as document:
        part = document.getinfo("word/document.xml")
        if part.file_size > LARGEST_PART:
            return ""
        tree = ElementTree.fromstring(document.read(part))
    return "\n".join(
        "".join(run.text or "" for run in paragraph.iter(f"{_PARAGRAPH}t"))
        for paragraph in tree.iter(f"{_PARAGRAPH}p")
    )


def _printed(data: bytes) -> str:
    from pypdf import PdfReader

    pages = PdfReader(BytesIO(data)).pages
    return "\n\n".join(page.extract_text() for page in pages[:50])


_READERS: Mapping[str, Callable[[bytes], str]] = MappingProxyType(
    {
        "txt": _plain,
        "md": _plain,
        "eml": _plain,
        "html": _page,
        "htm": _page,
        "docx": _letter,
        "pdf": _printed,
    }
)
"""How text is taken out of a file, by its ending."""
