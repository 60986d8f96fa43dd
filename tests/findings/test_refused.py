"""A refusal reads in the language of who asked, and no sentence that a user meets is without its Dutch."""

import ast
import re
from pathlib import Path

import pytest

import ketenreis
from ketenreis import errors
from ketenreis.findings import Finding, in_words
from ketenreis.findings.refused import in_language

ROOT = Path(ketenreis.__file__).parent
KINDS = {name for name, each in vars(errors).items() if isinstance(each, type)} - {"EditError"}
"""Of what is refused; an edit that could never fit is the mistake of a program."""


def texts(node):
    """The texts that an expression can give, with something filled in for what is not fixed."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.JoinedStr):
        parts = [each.value if isinstance(each, ast.Constant) else "iets" for each in node.values]
        return ["".join(parts)]
    if isinstance(node, ast.BinOp):
        return [a + b for a in texts(node.left) for b in texts(node.right)]
    if isinstance(node, ast.IfExp):
        return [*texts(node.body), *texts(node.orelse)]
    return ["iets"]


def refusals():
    """Every sentence with which something is refused, and where it stands; formulas are asked from Python only."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KINDS
            formula = path.parent.name == "analysis" and called and node.func.id != "NoBlueprintError"
            if called and node.args and not formula:
                for text in (each for each in texts(node.args[0]) if not re.fullmatch("(iets|[:. ])*", each)):
                    yield pytest.param(text, id=f"{path.relative_to(ROOT)}:{node.lineno}:{text[:40]}")


@pytest.mark.parametrize("said", list(refusals()))
def test_every_refusal_has_its_dutch(said):
    tries = {
        said,
        said.replace("know" + "iets", "know; did you mean `iets`?"),
        re.sub(r"; iets$", "; did you mean “iets”?", said),
        said.replace("which is iets.iets Say", "which is the case. Say"),
        said.replace("cannot be read iets", "cannot be read at its end"),
        re.sub(r"[.] ?iets$", ". Nearest: iets.", said),
    }
    assert any(in_language(each, "nl") != each for each in tries), (
        f"add the Dutch of “{said}” to findings/refusals.nl.toml"
    )
    assert in_language(said, "en") == said


@pytest.mark.parametrize(
    ("said", "dutch"),
    [
        (
            ("No column shows which is the case and the time. Times stand in when, then. Say so in a mapping file: `columns: "
            "{case: …, activity: …, time: …}`. The columns are name, note."),
            ("Geen kolom laat zien wat de zaak en het tijdstip is. Tijden staan in when, then. Zeg het in een koppelbestand: "
            "`columns: {case: …, activity: …, time: …}`. De kolommen zijn name, note."),
        ),
        (
            "The store in events has no source “none”; it has none.",
            "De opslag in events heeft geen bron “none”; wel geen.",
        ),
        (
            "The condition “age >> 3” cannot be read at “> 3”: a value was expected. For example: x = 1",
            "De voorwaarde “age >> 3” is niet te lezen bij “> 3”: hier hoort een waarde. Bijvoorbeeld: x = 1",
        ),
        (
            "hours, monday: “9 to 5” is not an opening time; for example: 9:00-17:00",
            "hours, monday: “9 to 5” is geen openingstijd; bijvoorbeeld: 9:00-17:00",
        ),
        (
            "ketenreis measure: argument --language: invalid choice: 'fr' (choose from nl, en). See: ketenreis measure --help",
            "ketenreis measure: --language kan niet 'fr' zijn; kies uit: nl, en. Zie: ketenreis measure --help",
        ),
        ("Nobody ever said this.", "Nobody ever said this."),
    ],
)  # fmt: skip
def test_what_is_filled_in_stands_in_its_place(said, dutch):
    assert in_language(said, "nl") == dutch


def test_a_refusal_within_a_finding_reads_in_the_language_of_the_finding():
    said = {
        "key": "where",
        "value": "a =",
        "reason": "The condition “a =” cannot be read at its end: a value was expected. For example: x",
    }
    found = Finding("wrong_condition", "error", parameters=said)
    assert "hier hoort een waarde" in in_words(found, "nl").message
    assert "a value was expected" in in_words(found, "en").message
