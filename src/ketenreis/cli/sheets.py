"""How does a kind of element go to a spreadsheet on the command line, and come back?"""

from argparse import Namespace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from ketenreis.cli.opening import STANDARD_INPUT, bytes_of, sound_model
from ketenreis.cli.terminal import Terminal
from ketenreis.errors import UnreadableFileError, UsageError

if TYPE_CHECKING:
    from ketenreis.notation import Reading
    from ketenreis.notation.sheets import Compared, SheetRow


def export_table(asked: Namespace, terminal: Terminal) -> int:
    """Writes every element of a kind as a sheet: a workbook where the file is named so, else CSV."""
    from ketenreis.notation.sheets import sheet_of
    from ketenreis.render.sheets import sheet_csv, sheet_xlsx

    kind = _kind(asked.table, terminal)
    model = sound_model(asked.model, terminal).model
    elements = model.of_kind(kind)
    sheet = sheet_of(model, kind, elements, terminal.language)
    if asked.file == STANDARD_INPUT:
        terminal.show(sheet_csv(sheet, terminal.language).decode("utf-8-sig").rstrip("\r\n"))
        return 0
    is_workbook = Path(asked.file).suffix.lower() == ".xlsx"
    Path(asked.file).write_bytes(sheet_xlsx(sheet) if is_workbook else sheet_csv(sheet, terminal.language))
    terminal.say(terminal.words("export.table_done", count=len(elements), file=asked.file))
    return 0


def import_table(asked: Namespace, terminal: Terminal) -> int:
    """Tells what a sheet would change, row by row, and writes that; 1 when something in it was not understood."""
    from ketenreis.cli.saving import save
    from ketenreis.model import apply
    from ketenreis.notation.sheets import UnreadableSheet, compare, read_rows

    kind = _kind(asked.table, terminal)
    reading = sound_model(asked.into, terminal)
    terminal.kept = terminal.words("format.kept")
    rows = read_rows(bytes_of(asked.file, terminal))
    if isinstance(rows, UnreadableSheet):
        raise UnreadableFileError(terminal.words(f"import.table_{rows.why}", file=asked.file))
    found = compare(rows, kind, reading.model, reading.model, asked.file)
    applied = apply(reading.model, found.edits)
    _tell(found, reading, terminal)
    if found.edits and not asked.dry_run:
        for path in save(
            Path(asked.into), reading, applied.model, terminal, drop_comments=asked.drop_comments
        ):
            terminal.say(terminal.words("import.wrote", file=path))
    return 1 if found.unread or found.clashes else 0


def _kind(said: str, terminal: Terminal) -> str:
    """The kind that somebody means, by its key, its plural or its label."""
    from ketenreis.model import KINDS

    for kind in KINDS:
        if said.casefold() in {
            name.casefold()
            for name in (kind.name, kind.plural, kind.nl, kind.nl_plural, kind.en, kind.en_plural)
        }:
            return kind.name
    near = get_close_matches(said, [kind.name for kind in KINDS], 3, 0.4)
    raise UsageError(
        terminal.words("table.no_kind", kind=said, nearest=", ".join(near) or "step, ctq, activity")
    )


def _tell(found: "Compared", reading: "Reading", terminal: Terminal) -> None:
    """Says what is new, what changes, what stays, and what was not understood in which row and column."""
    from ketenreis.findings import in_words

    for row in found.rows:
        if row.standing in ("added", "changed"):
            _tell_row(row, terminal)
    for one in found.unread:
        said = in_words(one.finding, terminal.language, reading.model.name)
        where = terminal.words("import.table_cell", row=one.row, column=one.heading or "–")
        terminal.show(f"✕ {where}: {said.message} {said.next}")
    for clash in found.clashes:
        terminal.show(f"✕ {terminal.words('import.table_clash', reason=clash.reason)}")
    counts = {name: len(found.of(name)) for name in ("added", "changed", "untouched")}
    terminal.show(terminal.words("import.table_counts", **counts, unread=len(found.unread)))


def _tell_row(row: "SheetRow", terminal: Terminal) -> None:
    terminal.show(f"{'+' if row.standing == 'added' else '~'} {row.name} [{row.id}]")
    if row.standing == "changed":
        for one in row.differences:
            heading = one.column.heading(terminal.language)
            terminal.show(f"    {heading}: {_short(one.was)} → {_short(one.becomes)}")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return (line if len(line) <= 80 else f"{line[:79]}…") or "–"
