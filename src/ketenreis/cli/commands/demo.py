"""`ketenreis demo`: what does all this look like on a complete example?"""

import os
import shutil
import tempfile
from argparse import Namespace
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ketenreis.cli.commands.events_import import shown_progress
from ketenreis.cli.commands.measure import show_table, write_page
from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import LANGUAGES, Terminal
from ketenreis.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ketenreis.model import Model

GUIDED, REAL = "belmij", "permit"
BESIDE = {"snelpak": "demo.beside", "noorderwaard": "demo.town"}
"""The other invented organisations, with what is said while theirs are made."""
REAL_LOG = Path("eventlogs", "receipt")
FORMATS = (".csv", ".parquet", ".xes.gz", ".xes")


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("--report", type=Path)
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Makes, imports, measures and shows the example; 0 when that worked. Without a report it serves it afterwards."""
    from ketenreis.examples import write_raw

    if asked.cases < 1:
        raise UsageError(terminal.words("demo.cases"))
    log = _real_log(asked)
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="ketenreis-demo-"))
    terminal.kept = terminal.words("demo.kept", folder=folder)
    page = asked.report or folder / "report.html"
    for name, said in {GUIDED: "demo.making", **BESIDE}.items():
        terminal.say(terminal.words(said, cases=terminal.number(asked.cases)))
        raw = write_raw(name, folder / name / "raw", asked.cases, asked.seed)
        _measured(name, raw, folder / name, _page_beside(page, name), terminal)
        terminal.show()
        terminal.say()
        if asked.report is None:
            _in_other_language(name, folder, terminal.language)
    if log is None:
        terminal.say(terminal.words("demo.no_log", log=REAL_LOG))
    else:
        _measured(REAL, [log], folder / REAL, _page_beside(page, REAL), terminal)
        if asked.report is None:
            _in_other_language(REAL, folder, terminal.language)
    terminal.say()
    terminal.say(terminal.words("next"))
    for command in (
        "check {0}/model",
        "show {0}/model bevestiging-op-tijd",
        "measure {0}/model --events {0}/events",
    ):
        terminal.say(f"  ketenreis {command.format(folder / GUIDED)}")
    if asked.report is None:
        _serve(folder, asked, terminal)
    return 0


def _serve(folder: Path, asked: Namespace, terminal: Terminal) -> None:
    """Opens the examples in the browser of somebody who has one, until the command is stopped."""
    from ketenreis.cli.commands.serve import free_port
    from ketenreis.web.serving import serve

    port = free_port(asked.port)
    address = f"http://localhost:{port}/{GUIDED}/tour/"
    terminal.say()
    terminal.say(terminal.words("serve.where", address=address, folder=folder))
    serve(folder, port=port, opened=None if asked.no_browser else address)


def _page_beside(page: Path, name: str) -> Path:
    """Where the report of an organisation goes: the first where it was asked, another beside it under its own name."""
    if name == GUIDED:
        return page
    return page.with_name(f"{page.stem}-{name}.html")


def _measured(name: str, raw: "Sequence[Path]", folder: Path, page: Path, terminal: Terminal) -> None:
    """Imports one example's events, source by source, measures its model on them, and shows what came of it."""
    from ketenreis.events.importing import import_events
    from ketenreis.events.mapping import read_mapping
    from ketenreis.examples import mapping_files
    from ketenreis.reports.measured import measure
    from ketenreis.requirements.checks import run_all

    model = _written(name, terminal.language, folder)
    (folder / "mappings").mkdir(parents=True, exist_ok=True)
    for source, mapping in zip(raw, mapping_files(name), strict=True):
        shutil.copy(mapping, folder / "mappings")
        read = read_mapping(mapping)
        result = import_events(source, folder / "events", read, progress=shown_progress(terminal))
        terminal.end_progress()
        terminal.say(f"{source.name}: {result.report.lines(terminal.language)[0]}")
        for joined in result.report.joined:
            terminal.say(f"  {joined.in_words(terminal.language, terminal.number)}")
    report = measure(model, result.store)
    show_table(report, terminal)
    write_page(report, page, terminal, run_all(model))


def _written(name: str, language: str, folder: Path) -> "Model":
    """Writes an example in a language to its folder, with what was agreed."""
    from ketenreis.notation.writing import write

    model = _model(name, language)
    for path, text in write(model).items():
        (folder / "model" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "model" / path).write_text(text, encoding="utf-8")
    _agreed_before(model, folder)
    return model


def _in_other_language(name: str, folder: Path, language: str) -> None:
    """Puts the same example beside it in the other language, on the same events: the browser may ask for that one."""
    other = next(one for one in LANGUAGES if one != language)
    beside = folder / f"{name}-{other}"
    _written(name, other, beside)
    for part in ("events", "cache", "keys"):
        if (folder / name / part).is_dir():
            shutil.copytree(folder / name / part, beside / part, dirs_exist_ok=True)


def _agreed_before(model: "Model", folder: Path) -> None:
    """Writes down every relation as agreed before the last norm came: what hangs on that norm then asks for a look."""
    from ketenreis.model import RELATION, Model
    from ketenreis.notation.confirmed import confirm, write_confirmed
    from ketenreis.workspace import Workspace

    changed: dict[str, tuple[Any, ...]] = {
        ctq.id: norms
        for ctq in model.of_kind("ctq")
        if isinstance(norms := ctq.get("norms"), tuple) and len(norms) > 1
    }
    if not changed:
        return
    before = Model.of(
        [
            replace(one, fields=MappingProxyType({**one.fields, "norms": norms[:-1]}))
            if (norms := changed.get(one.id))
            else one
            for one in model
        ],
        model.edges,
    )
    said = [(edge, RELATION[edge.relation]) for edge in before.edges]
    wanted = [edge for edge, kind in said if kind.matters and not kind.derived]
    day = min(norms[-1]["since"] for norms in changed.values()) - timedelta(days=1)
    text = write_confirmed(confirm(before, wanted, when=day))
    Workspace.open(folder / "model").confirmed.write_text(text, encoding="utf-8")


def _model(name: str, language: str) -> "Model":
    """An example in a language: as it is written, or with its overlay."""
    from ketenreis.examples import model_folder, overlay_file
    from ketenreis.notation import read
    from ketenreis.notation.overlay import overlay

    model = read(model_folder(name)).model
    file = overlay_file(name, language)
    return overlay(model, file).model if file.exists() else model


def _real_log(asked: Namespace) -> Path | None:
    """The log of the real case, where the user has it."""
    data = asked.data or (Path(os.environ["KETENREIS_DATA"]) if os.environ.get("KETENREIS_DATA") else None)
    folders = [data / REAL_LOG, data] if data else []
    found = (folder / f"receipt{ending}" for folder in folders for ending in FORMATS)
    log = next((path for path in found if path.is_file()), None)
    if asked.data and log is None:
        raise UsageError(f"There is no receipt log in {asked.data / REAL_LOG}.")
    return log
