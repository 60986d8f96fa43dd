"""Writes the reference that follows from the code: metamodel, patterns, commands, findings, glossary, Python names, schemas.

`python docs/generate.py` writes; with `--check` it writes nothing and returns 1 when a page is stale, missing or left over.
"""

# ruff: noqa: INP001, T201  # a script that make runs: no package, and it talks

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from of_the_code import commands, python_names
from of_the_findings import finding, findings_index
from of_the_metamodel import glossary, metamodel, patterns

import ketenreis
from ketenreis.events.mapping_schema import mapping_schema
from ketenreis.findings import catalogue
from ketenreis.notation.schema import schema

DOCS = Path(__file__).parent
MARK = "<!-- Written by docs/generate.py; change the code it comes from. -->\n"
FOLDERS = ("reference", "findings")
"""Everything in these folders is generated."""


def pages() -> Mapping[str, str]:
    """Every generated file, by its path within docs/."""
    made = {
        "reference/metamodel.md": MARK + "\n" + "\n".join(metamodel()),
        "reference/patterns.md": MARK + "\n" + "\n".join(patterns()),
        "reference/commands.md": MARK + "\n" + "\n".join(commands()),
        "reference/python.md": MARK + "\n" + "\n".join(python_names()),
        "reference/glossary.md": MARK + "\n" + "\n".join(glossary()),
        "findings/README.md": MARK + "\n" + "\n".join(findings_index()),
    }
    for language in ("nl", "en"):
        made[f"reference/model.schema.{language}.json"] = _json(schema(language))
        made[f"reference/mapping.schema.{language}.json"] = _json(mapping_schema(language))
    for file in sorted((Path(ketenreis.__file__).parent / "reports" / "schemas").glob("*.json")):
        made[f"reference/{file.stem}.schema.json"] = _json(json.loads(file.read_text(encoding="utf-8")))
    for name in catalogue("en"):
        made[f"findings/{name}.md"] = MARK + "\n" + "\n".join(finding(name))
    return {path: text.rstrip("\n") + "\n" for path, text in made.items()}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def stale(made: Mapping[str, str]) -> list[str]:
    """The generated files that are missing, differ, or are no longer made."""
    there = {
        path.relative_to(DOCS).as_posix()
        for folder in FOLDERS
        for path in (DOCS / folder).rglob("*")
        if path.is_file()
    }
    differ = [path for path, text in made.items() if path not in there or _now(path) != text]
    return sorted([*differ, *(there - set(made))])


def _now(path: str) -> str:
    return (DOCS / path).read_text(encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Writes the pages, or says which are stale."""
    made = pages()
    old = stale(made)
    if "--check" in arguments:
        for path in old:
            print(f"docs/{path} is stale. Write it again with: make docs", file=sys.stderr)
        return 1 if old else 0
    for path in old:
        if path in made:
            (DOCS / path).parent.mkdir(parents=True, exist_ok=True)
            (DOCS / path).write_text(made[path], encoding="utf-8")
        else:
            (DOCS / path).unlink()
        print(f"docs/{path}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
