"""`ketenreis export`: how does this process read in a program for drawings, or this kind of element in a spreadsheet?"""

from argparse import Namespace
from pathlib import Path

from ketenreis.cli.opening import STANDARD_INPUT, sound_model
from ketenreis.cli.parser import Parser
from ketenreis.cli.sheets import export_table
from ketenreis.cli.terminal import Terminal
from ketenreis.errors import UsageError


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("model")
    parser.add_argument("file")
    parser.add_argument("--process")
    parser.add_argument("--table")
    parser.add_argument("--fresh", action="store_true")


def run(asked: Namespace, terminal: Terminal) -> int:
    """Writes the process as BPMN, or its picture as SVG, and says what BPMN has no place for; or a kind as a sheet."""
    from ketenreis.cli.found import in_terminal
    from ketenreis.notation.bpmn import drawings, kept_file, write_bpmn

    if (asked.process is None) == (asked.table is None):
        raise UsageError(terminal.words("export.what"))
    if asked.table is not None:
        return export_table(asked, terminal)
    reading = sound_model(asked.model, terminal)
    named = kept_file(reading.model, asked.process)
    kept = b""
    if named and not asked.fresh:
        where = Path(asked.model)
        beside = (where if where.is_dir() else where.parent) / named
        if beside.is_file():
            kept = beside.read_bytes()
        else:
            terminal.say(terminal.words("export.not_kept", file=beside))
    written = write_bpmn(reading.model, asked.process, kept)
    for finding in reading.located(written.findings):
        terminal.say(f"{in_terminal(finding, reading, terminal.language)}\n")
    data = written.data
    if Path(asked.file).suffix.lower() == ".svg":
        from ketenreis.render.process import process_drawing

        named_so = reading.model.name(asked.process)
        drawn = drawings(data)
        data = str(
            process_drawing(next((d for d in drawn if d.name == named_so), drawn[0]), "process")
        ).encode()
    if asked.file == STANDARD_INPUT:
        terminal.show(data.decode("utf-8", "replace").rstrip("\n"))
        return 0
    Path(asked.file).write_bytes(data)
    terminal.say(terminal.words("export.done", file=asked.file))
    return 0
