"""Sheets: the elements of one kind as rows of a spreadsheet, and the rows that come back as edits."""

from ketenreis.notation.sheets.columns import SheetColumn, columns_of
from ketenreis.notation.sheets.comparing import Compared, Difference, SheetRow, Unread, compare
from ketenreis.notation.sheets.files import Rows, UnreadableSheet, read_rows
from ketenreis.notation.sheets.sheet import Sheet, sheet_of

__all__ = [
    "Compared",
    "Difference",
    "Rows",
    "Sheet",
    "SheetColumn",
    "SheetRow",
    "Unread",
    "UnreadableSheet",
    "columns_of",
    "compare",
    "read_rows",
    "sheet_of",
]
