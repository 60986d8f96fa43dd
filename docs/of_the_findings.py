"""What can be remarkable: a page for each finding, and the page that lists them."""

# ruff: noqa: INP001  # a part of the script docs/generate.py, which is no package

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

from tables import table

from ketenreis.findings import LEVELS, catalogue
from ketenreis.requirements.checks import ALL_CHECKS

FIXTURES = Path(__file__).parents[1] / "tests" / "findings"
FOUND = {
    "relation_suspect": "Found beside what was confirmed: on the pages, and by the commands that read `confirmed.yaml`.",
    "initiatives_in_tension": "Found between initiatives; its card holds the evidence of both sides.",
    "initiative_on_quicksand": "Found where an initiative meets the readiness of its chain, with the figures that there are.",
}
"""Where what is no check of its own comes from."""


def findings_index() -> Iterator[str]:
    """Every finding, the worst first."""
    said = catalogue("en")
    yield "# Findings"
    yield ""
    yield "Everything that can be remarkable in a text, a model or a requirement, each with a page of its own."
    yield ""
    titles = (
        "Errors: cannot be used as it stands",
        "Warnings: a promise is at risk",
        "Advice",
        "What goes well",
    )
    chapters = {
        title: [name for name in said if name in ALL_CHECKS and ALL_CHECKS[name].level == level]
        for level, title in zip(LEVELS, titles, strict=True)
    }
    chapters["In text and files"] = [name for name in said if name not in ALL_CHECKS]
    for title, chosen in chapters.items():
        if not chosen:
            continue
        yield f"## {title}"
        yield ""
        yield from table(
            ("id", "Nederlands", "English"),
            (
                (f"[{name}]({name}.md)", catalogue("nl")[name]["title"], said[name]["title"])
                for name in chosen
            ),
        )


def finding(name: str) -> Iterator[str]:
    """The page of one finding: from its sentences, and from the module of its check where it has one."""
    check = ALL_CHECKS.get(name)
    yield f"# {name}"
    yield ""
    if check:
        yield from _explained(check.explanation)
        yield f"Level: {check.level}."
    else:
        yield FOUND.get(name, "Found while reading text or files.")
    yield ""
    for language, words in (
        ("nl", ("Nederlands", "Waarom", "Wat nu")),
        ("en", ("English", "Why", "What next")),
    ):
        said = {part: _shown(text) for part, text in catalogue(language)[name].items()}
        yield f"## {words[0]}: {said['title']}"
        yield ""
        yield said["message"]
        yield ""
        yield f"{words[1]}: {said['why']}"
        yield ""
        yield f"{words[2]}: {said['next']}"
        yield ""
    if check is None:
        return
    bad, good = (FIXTURES / name / file for file in ("bad.yaml", "good.yaml"))
    for file, title in ((bad, "A model with it"), (good, "The same model, mended")):
        if file.is_file():
            yield f"## {title}"
            yield ""
            yield "```yaml"
            yield file.read_text(encoding="utf-8").rstrip()
            yield "```"
            yield ""


def _explained(docstring: str) -> Iterator[str]:
    """The docstring of a check; its smallest example as code."""
    for block in inspect.cleandoc(docstring).split("\n\n"):
        head, _, rest = block.partition("\n")
        if rest.startswith("    "):
            yield f"{head}\n\n{rest}\n"
        else:
            yield f"{block}\n"


def _shown(text: str) -> str:
    """A sentence with its holes as dots."""
    return re.sub(r"\{\w+\}", "…", text)
