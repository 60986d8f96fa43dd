"""`ketenreis import`: what does a drawing or table of another program bring into this model?"""

# ruff: noqa: N999  # the module is called as its command is

import json
from argparse import Namespace
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from ketenreis.cli.opening import STANDARD_INPUT, bytes_of, sound_model
from ketenreis.cli.parser import Parser
from ketenreis.cli.sheets import import_table
from ketenreis.cli.terminal import Terminal

if TYPE_CHECKING:
    from ketenreis.model import Model
    from ketenreis.notation import Reading
    from ketenreis.notation.imported import Imported, Joined

KINDS = ("bpmn", "visio", "process", "steps")
_ENDINGS = {".bpmn": "bpmn", ".bpmn2": "bpmn", ".xml": "bpmn", ".vsdx": "visio", ".vsdm": "visio"}


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("file")
    parser.add_argument("--into", required=True)
    parser.add_argument("--as", dest="kind", choices=KINDS)
    parser.add_argument("--table")
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--name")
    parser.add_argument("--replaces")
    parser.add_argument("--drop-comments", action="store_true")
    parser.add_argument("--json", action="store_true")


def run(asked: Namespace, terminal: Terminal) -> int:
    """Joins what the file brings with the model and writes that; 1 when something was found on the way."""
    from ketenreis.cli.saving import save
    from ketenreis.model import Model
    from ketenreis.notation.imported import joined

    if asked.table is not None:
        return import_table(asked, terminal)
    into = Path(asked.into)
    reading = sound_model(asked.into, terminal) if into.exists() else None
    model = reading.model if reading is not None else Model.of(())
    data = bytes_of(asked.file, terminal)
    imported = _imported(asked, data)
    if not len(imported.model):
        _tell(terminal, imported, None, model, asked)
        return 1
    if asked.replaces is not None:
        _ = model[asked.replaces]  # an id that is not there names the nearest
    result = joined(model, imported, asked.replaces)
    terminal.kept = terminal.words("format.kept")
    written = save(into, reading, result.model, terminal, drop_comments=asked.drop_comments)
    if imported.kept:
        written.append(_keep(into, imported))
    _tell(terminal, imported, result, model, asked)
    for path in written:
        terminal.say(terminal.words("import.wrote", file=path))
    found = (*imported.findings, *result.findings)
    return 1 if any(finding.level in ("error", "warning") for finding in found) else 0


def _imported(asked: Namespace, data: bytes) -> "Imported":
    """Reads the file as what it is, or as what it is said to be."""
    from ketenreis.notation.bpmn import read_bpmn
    from ketenreis.notation.columns import PROCESS_COLUMNS, STEP_COLUMNS, header_fits
    from ketenreis.notation.process_table import read_process_table
    from ketenreis.notation.step_table import read_step_table
    from ketenreis.notation.visio import read_visio

    path = Path(asked.file)
    kind = asked.kind or _ENDINGS.get(path.suffix.lower())
    if kind is None and data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        kind = "bpmn"
    if kind == "bpmn":
        return read_bpmn(data, "process.bpmn" if asked.file == STANDARD_INPUT else path.name)
    if kind == "visio":
        return read_visio(data, path.name)
    text = data.decode("utf-8-sig", "replace")
    if kind is None:
        kind = "steps" if header_fits(text, STEP_COLUMNS) > header_fits(text, PROCESS_COLUMNS) else "process"
    name = asked.name or ("" if asked.file == STANDARD_INPUT or asked.replaces else path.stem)
    read = read_step_table if kind == "steps" else read_process_table
    return read(text, name, asked.file)


def _keep(into: Path, imported: "Imported") -> Path:
    """Keeps the file as it came, beside the model: it is edited in place when the process goes out again."""
    from ketenreis.notation.imported import FOLDER

    folder = (into if into.is_dir() else into.parent) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / imported.file
    kept.write_bytes(imported.kept)
    return kept


def _tell(
    terminal: Terminal, imported: "Imported", result: "Joined | None", before: "Model", asked: Namespace
) -> None:
    """Says what came in, what was found, and what has no place in the model."""
    found = (*imported.findings, *(result.findings if result else ()))
    if asked.json:
        terminal.show(json.dumps(_as_json(imported, result, before, terminal), ensure_ascii=False, indent=2))
        return
    from ketenreis.cli.found import in_terminal
    from ketenreis.findings import worst_first

    reading = _reading(result.model if result else before)
    for finding in worst_first(found):
        terminal.show(f"{in_terminal(finding, reading, terminal.language)}\n")
    if result is not None:
        for element in imported.model.of_kind("process", "journey"):
            if imported.model.parent(element.id) is None:
                name = result.ids[element.id]
                known = "import.again" if name in before else "import.new"
                held = Counter(e.kind for e in imported.model.within(element.id))
                counted = ", ".join(
                    f"{count} {_label(kind, count, terminal.language)}" for kind, count in held.items()
                )
                terminal.show(
                    terminal.words(known, name=result.model.name(name), id=name, held=counted or "–")
                )
    for left in imported.unrepresented:
        terminal.show(
            f"→ {left.name or left.element or left.tag}: {_why(left.why, terminal.language)} ({left.count} × {left.tag})"
        )
    if imported.unrepresented and imported.kept:
        terminal.show(
            terminal.words("import.kept_only", count=sum(left.count for left in imported.unrepresented))
        )


def _reading(model: "Model") -> "Reading":
    """A reading without a text, so that findings can name elements."""
    from ketenreis.notation import Reading
    from ketenreis.notation.found import Found

    return Reading(model, (), {}, Found())


def _label(kind: str, count: int, language: str) -> str:
    from ketenreis.model import KIND

    row = KIND[kind]
    if language == "nl":
        return row.nl if count == 1 else row.nl_plural
    return row.en if count == 1 else row.en_plural


def _why(reason: str, language: str) -> str:
    from ketenreis.notation.bpmn import REASONS

    said = next((sentences for key, sentences in REASONS.items() if key == reason), ("", ""))
    return said[0] if language == "nl" else said[1]


def _as_json(
    imported: "Imported", result: "Joined | None", before: "Model", terminal: Terminal
) -> dict[str, object]:
    from ketenreis.reports.as_json import findings_as_json

    model = result.model if result else before
    tops = imported.model.of_kind("process", "journey") if result else ()
    return {
        "elements": [
            {
                "id": result.ids[top.id],
                "kind": top.kind,
                "name": top.name,
                "was_there": result.ids[top.id] in before,
            }
            for top in tops
            if result and imported.model.parent(top.id) is None
        ],
        "findings": findings_as_json(
            (*imported.findings, *(result.findings if result else ())), terminal.language, model.name
        ),
        "unrepresented": [
            {
                "element": left.element,
                "tag": left.tag,
                "name": left.name,
                "why": left.why,
                "count": left.count,
            }
            for left in imported.unrepresented
        ],
    }
