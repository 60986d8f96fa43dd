"""How is a workbook read? One sheet, row by row; dates as dates, formulas by their last value, never worked out anew."""

import warnings
import zipfile
from array import array
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

import duckdb

from ketenreis.errors import MappingError, UnreadableFileError
from ketenreis.events.mapping import Mapping
from ketenreis.events.readers.cells import as_text, filled_down, has_padded, merged_in, value_of
from ketenreis.events.readers.heading import find_heading
from ketenreis.events.readers.sample import Source, unique_names
from ketenreis.events.readers.tables import Table, refuse_width, source_of
from ketenreis.events.readers.zipped import open_archive

LOOKED_AT = 500
"""Rows from which is told where the table begins."""


def source(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    work: Path,
    mapping: Mapping | None = None,
    most: int | None = None,
) -> Source:
    """A sheet made ready for the engine.

    Args:
        con: Reads the sample.
        path: The workbook.
        work: Where its rows are written as text.
        mapping: May name the sheet.
        most: Stop after this many rows.

    Raises:
        UnreadableFileError: It is no whole workbook, or it is made to do harm.
        MappingError: It has no sheet of that name.
    """
    wanted = mapping.sheet if mapping else None
    try:
        table, notes, places = _table(path, work, wanted, most)
    except (zipfile.BadZipFile, SyntaxError, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError,
            OSError, AssertionError, RecursionError) as error:  # fmt: skip
        # what openpyxl raises on a workbook that is not whole is not one kind of error; an XML error is a SyntaxError
        raise UnreadableFileError(
            f"{path} is not whole as a workbook: {type(error).__name__} {error}."
        ) from error
    made = source_of(con, table.relation(), list(table.columns), "xlsx", notes)
    first, *_ = places or [2]
    filled = set(places)
    blank = tuple(number for number in range(first, max(places, default=first)) if number not in filled)
    return replace(made, sample=replace(made.sample, first_line=first, blank=blank))


def _table(
    path: Path, work: Path, wanted: str | None, most: int | None
) -> tuple[Table, dict[str, object], "array[int]"]:
    """The rows of the sheet, as text, and where in it they stand."""
    import openpyxl

    # opened here: what is given by name stays open when it turns out not to be whole
    with open_archive(path) as archive, path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on styles and drawings, of which nothing is read
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            names = [sheet.title for sheet in book.worksheets]
            if wanted is not None and wanted not in names:
                raise MappingError(f"{path} has no sheet “{wanted}”; it has {', '.join(names)}.")
            if not names:
                raise UnreadableFileError(f"{path} holds no sheet with rows.")
            chosen = wanted or max(names, key=lambda name: _size(book[name]))
            merged = merged_in(archive, book[chosen])
            rows = filled_down(_rows(book[chosen], path, padded=has_padded(book)), merged)
            head = list(islice(rows, LOOKED_AT))
            heading = find_heading([[as_text(cell) for cell in row] for row in head if _is_filled(row)])
            if not any(map(_is_filled, head)):
                raise UnreadableFileError(f"The sheet “{chosen}” of {path} is empty.")
            filled = [(number, row) for number, row in enumerate(head, 1) if _is_filled(row)]
            begin = heading.above + heading.height
            width = max(len(row) for _, row in filled)
            columns = unique_names([*heading.names, *[""] * (width - len(heading.names))])
            table = Table(work, "sheet", columns)
            places = array("L")
            for number, row in chain(filled[begin:], enumerate(rows, len(head) + 1)):
                if most is not None and table.rows >= most:
                    break
                if _is_filled(row):
                    places.append(number)
                    table.add({column: as_text(cell) for column, cell in zip(columns, row, strict=False)})
            table.flush()
        finally:
            book.close()
    notes: dict[str, object] = {"sheet": chosen}
    if len(names) > 1:
        notes["sheets"] = names
    if merged:
        notes["merged"] = sum(map(len, merged.values()))
    if heading.above:
        notes["above_header"] = heading.above
    return table, notes, places


def _size(sheet: Any) -> int:
    """How many cells a sheet says it has."""
    return (sheet.max_row or 1) * (sheet.max_column or 1)


def _rows(sheet: Any, path: Path, *, padded: bool) -> Iterator[tuple[Any, ...]]:
    """The rows of a sheet, whatever it says of its own size; where numbers may be padded, as they are shown."""
    sheet.reset_dimensions()
    for cells in sheet.iter_rows(values_only=not padded):
        row = tuple(map(value_of, cells)) if padded else cells
        if len(row) > 100:
            width = next((i for i in range(len(row), 0, -1) if row[i - 1] is not None), 0)
            refuse_width(width, path)
            yield row[:width]
        else:
            yield row


def _is_filled(row: tuple[Any, ...]) -> bool:
    return any(cell is not None for cell in row)
