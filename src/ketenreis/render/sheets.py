"""How does a table become a file of a spreadsheet? CSV and XLSX, with nothing in it that a spreadsheet would run."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from ketenreis.notation.sheets import Sheet
from ketenreis.notation.sheets.files import guarded
from ketenreis.render.tokens import COLOURS

_UNSEEN = {code: None for code in range(32) if code not in (9, 10)}
"""Signs that no spreadsheet can hold."""
_WRITTEN = _UNSEEN | {code: f"_x{code:04X}_" for code in (0xFFFE, 0xFFFF)}
"""Signs that no XML can hold, as a workbook writes them."""
_DAY_ZERO = datetime(2000, 1, 1)  # noqa: DTZ001  # a workbook knows no zones; the same table gives the same file
_WIDE, _NARROW = 60, 8
_TOP = Alignment(wrap_text=True, vertical="top")


def sheet_csv(sheet: Sheet, language: str) -> bytes:
    r"""A table as CSV, as the spreadsheets of that language open it: a semicolon between cells in Dutch, a comma in English.

    Text that a spreadsheet would run as a formula has a quote before it; `read_rows` takes it away again.

    Example:
        >>> from ketenreis.notation.sheets import Sheet
        >>> sheet_csv(Sheet("", ("naam",), (("=1+1",),), ("text",)), "nl").decode("utf-8-sig")
        "naam\r\n'=1+1\r\n"
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";" if language == "nl" else ",")
    writer.writerow(sheet.headings)
    writer.writerows([guarded(text.translate(_UNSEEN)) for text in row] for row in sheet.rows)
    return file.getvalue().encode("utf-8-sig")  # the mark tells Excel that it is not a Western code page


def sheet_xlsx(sheet: Sheet) -> bytes:
    """A table as a workbook: one sheet with a fixed head and filters; dates are dates, numbers numbers, all other text stays text."""
    # Written row by row: a sheet of twenty thousand rows need not be held whole.
    book = Workbook(write_only=True)
    page = book.create_sheet(
        sheet.title.translate({ord(sign): None for sign in "[]:*?/\\'"})[:31] or "Ketenreis"
    )
    page.freeze_panes = "B2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.headings))}{len(sheet.rows) + 1}"
    for at, heading in enumerate(sheet.headings, 1):
        longest = max((len(line) for row in sheet.rows for line in row[at - 1].split("\n")), default=0)
        width = max(_NARROW, min(_WIDE, max(longest, len(heading)) + 3))
        page.column_dimensions[get_column_letter(at)].width = width
    page.append([_heading(page, heading) for heading in sheet.headings])
    for row in sheet.rows:
        page.append([_cell(page, text, kind) for text, kind in zip(row, sheet.types, strict=True)])
    book.properties.title, book.properties.creator = sheet.title.translate(_UNSEEN), "Ketenreis"
    book.properties.created = book.properties.modified = _DAY_ZERO
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _heading(page: Any, said: str) -> Cell:
    """The head of a column."""
    cell = _text(page, said)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor=COLOURS["lane"].lstrip("#"))
    return cell


def _cell(page: Any, text: str, kind: str) -> Cell | None:
    """A cell of a type; text wherever the type cannot hold it exactly; None for one that holds nothing."""
    if not text:
        return None
    try:
        if kind == "date":
            cell = Cell(page, row=1, column=1, value=date.fromisoformat(text))
            cell.number_format = "yyyy-mm-dd"
            return cell
        if kind == "number" and len(text) <= 15:
            number = Decimal(text)
            return Cell(page, row=1, column=1, value=int(number) if number == int(number) else float(number))
    except (ValueError, InvalidOperation):
        pass
    return _text(page, text)


def _text(page: Any, said: str) -> Cell:
    """A cell that holds text, whatever it looks like."""
    # Only a text that begins with a quote of its own is guarded: that quote would be taken for ours.
    text = guarded(said) if said.startswith("'") else said
    cell = Cell(page, row=1, column=1, value=text.translate(_WRITTEN) or None)
    if cell.value is not None:
        cell.data_type = "s"
        # A quote before it keeps it text also when somebody edits the cell.
        cell.quotePrefix = guarded(said) != said
    cell.alignment = _TOP
    return cell
