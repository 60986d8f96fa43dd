"""How does a blueprint become a spreadsheet? The equal table, with nothing that a spreadsheet would run."""

from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ketenreis.render.blueprint.board import Board
from ketenreis.render.blueprint.table import equal_table, identified
from ketenreis.render.tokens import COLOURS

_WIDTHS = (24, 20, 18, 44, 30, 14, 48, 40, 10, 40)
_UNSEEN = {code: None for code in range(32) if code not in (9, 10)}
"""Signs that no spreadsheet can hold."""
_DAY_ZERO = datetime(2000, 1, 1)  # noqa: DTZ001  # a workbook knows no zones; the same board gives the same file


def blueprint_xlsx(board: Board, thread: str | None = None) -> bytes:
    """A blueprint as a workbook.

    Args:
        board: What it shows.
        thread: The element whose thread is marked in bold; None for none.

    Returns:
        The file: one sheet with a row per card, with its id, filters and a fixed head. Text that looks like a formula stays text.
    """
    table, book = equal_table(board), Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101  # a new workbook has one sheet
    sheet.title = _clean(board.title, 31, forbidden="[]:*?/\\'") or "Ketenreis"
    lit = board.lit(thread)
    sheet.append([_text(sheet, column.name) for column in table.columns] + [_text(sheet, "id")])
    for element, row in identified(board):
        cells = [_text(sheet, str(cell)) for cell in (*row, element)]
        for cell in cells:
            cell.font = Font(bold=True, color=COLOURS["thread"].lstrip("#")) if element in lit else Font()
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append(cells)
    for head in sheet[1]:
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", fgColor=COLOURS["lane"].lstrip("#"))
    for index, wide in enumerate((*_WIDTHS, 28), start=1):
        sheet.column_dimensions[get_column_letter(index)].width = wide
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.properties.title = _clean(f"{board.title} · {board.kicker}", 200)
    book.properties.creator = "Ketenreis"
    book.properties.created = book.properties.modified = _DAY_ZERO
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _text(sheet: Worksheet, said: str) -> Cell:
    """A cell that holds text, whatever it looks like."""
    cell = Cell(sheet, row=1, column=1, value=_clean(said, 32_000))
    cell.data_type = "s"
    # A quote before it keeps it text also when somebody edits the cell.
    cell.quotePrefix = said[:1] in ("=", "+", "-", "@")
    return cell


def _clean(said: str, most: int, forbidden: str = "") -> str:
    return said.translate(_UNSEEN | {ord(sign): None for sign in forbidden})[:most]
