"""Writes the reference that follows from the code: metamodel, patterns, commands, findings, glossary, Python names, schemas.

`python docs/generate.py` writes; with `--check` it writes nothing and returns 1 when a page is stale, missing or left over.
"""

# ruff: noqa: INP001, T201  # a script that make runs: no package, and it talks

import inspect
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import ketenreis
from ketenreis.cli.catalogue import COMMANDS
from ketenreis.cli.catalogue import ROOM as COMMAND_LINE
from ketenreis.findings import LEVELS, catalogue
from ketenreis.model import COMMON, KINDS, RELATIONS, Choice, Field, Kind, kinds_inside, relations_from
from ketenreis.notation.schema import schema
from ketenreis.quantity import Share, parse_limit
from ketenreis.requirements import PATTERNS, EventClass, Measure, Norm, Pattern, Requirement, sentence
from ketenreis.requirements.checks import ALL_CHECKS

DOCS = Path(__file__).parent
MARK = "<!-- Written by docs/generate.py; change the code it comes from. -->\n"
FOLDERS = ("reference", "findings")
"""Everything in these folders is generated."""

LIMIT_OF = {"duration": "1 hour", "whole": "2", "number": "100", "moment": "deadline"}
"""An example of each kind of limit."""


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
    for file in sorted((Path(ketenreis.__file__).parent / "reports" / "schemas").glob("*.json")):
        made[f"reference/{file.stem}.schema.json"] = _json(json.loads(file.read_text(encoding="utf-8")))
    for name in catalogue("en"):
        made[f"findings/{name}.md"] = MARK + "\n" + "\n".join(finding(name))
    return {path: text.rstrip("\n") + "\n" for path, text in made.items()}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _row(*cells: object) -> str:
    """A row of a Markdown table; a bar in a cell would end it."""
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    names = list(head)
    yield _row(*names)
    yield _row(*("---" for _ in names))
    yield from (_row(*row) for row in rows)
    yield ""


def metamodel() -> Iterator[str]:
    """Kinds with their fields, and relations, in both languages."""
    yield "# The metamodel"
    yield ""
    yield "Every kind of element with its fields, and every relation that may join them."
    yield "The code holds this as one table; the text notation, its JSON Schema, the checks and this page come from it."
    yield ""
    yield "Every element also has:"
    yield ""
    yield from _table(("field", "type", "Nederlands", "English"), map(_field_cells, COMMON))
    yield "## Kinds"
    yield ""
    yield from _table(
        ("kind", "list in text", "Nederlands", "English", "stands in"),
        (
            (
                f"[{kind.name}](#{kind.name})",
                f"`{kind.plural}`",
                kind.nl,
                kind.en,
                ", ".join(kind.inside) or "–",
            )
            for kind in KINDS
        ),
    )
    for kind in KINDS:
        yield from _kind(kind)
    yield "## Relations"
    yield ""
    yield "A relation is written at its source, under its name. What is not here cannot be related."
    yield "When a field in the last column changes, a confirmed relation asks to be looked at again."
    yield ""
    yield from _table(
        ("relation", "from → to", "Nederlands (terug)", "English (back)", "looked at again when"),
        (
            (
                f"`{one.name}`{' (derived)' if one.derived else ''}",
                "; ".join(
                    f"{_kinds(end.sources)} → {_kinds(end.targets)}{' (one)' if end.one else ''}"
                    for end in one.ends
                ),
                f"{one.nl} ({one.back_nl})",
                f"{one.en} ({one.back_en})",
                ", ".join(one.matters) or "–",
            )
            for one in RELATIONS
        ),
    )


def _kinds(names: tuple[str, ...]) -> str:
    return "any" if len(names) == len(KINDS) else ", ".join(names)


def _kind(kind: Kind) -> Iterator[str]:
    yield f"### {kind.name}"
    yield ""
    yield f"**{kind.nl}** ({kind.nl_plural}): {kind.help_nl}"
    yield f"**{kind.en}** ({kind.en_plural}): {kind.help_en}"
    yield ""
    if kind.fields:
        yield from _table(("field", "type", "Nederlands", "English"), map(_field_cells, kind.fields))
    if inside := kinds_inside(kind.name):
        yield f"Holds: {', '.join(f'`{one.plural}`' for one in inside)}."
        yield ""
    if relations := [one.name for one in relations_from(kind.name)]:
        yield f"Relations: {', '.join(f'`{name}`' for name in relations)}."
        yield ""


def _field_cells(field: Field) -> tuple[str, str, str, str]:
    said = field.type
    if field.choices:
        said = "one of " + ", ".join(f"`{choice.key}`" for choice in field.choices)
    elif field.fields and field.type != "sides":
        said = f"{field.type} of " + ", ".join(f"`{inner.name}`" for inner in field.fields)
    return (
        f"`{field.name}`{' *' if field.required else ''}",
        said,
        f"{field.nl}. {field.help_nl}".rstrip(". ") + ".",
        f"{field.en}. {field.help_en}".rstrip(". ") + ".",
    )


def patterns() -> Iterator[str]:
    """Each pattern with its sentence, arguments, formula and an example."""
    yield "# Patterns of a requirement"
    yield ""
    yield "A requirement (CTQ) is measured by a pattern with arguments, and held against a norm."
    yield "What every form means exactly is in [What a rule means](../concepts/rules.md)."
    yield ""
    for title, chosen in (
        ("Everyday", [one for one in PATTERNS if one.everyday]),
        ("DECLARE", [one for one in PATTERNS if one.ltl]),
        ("Further", [one for one in PATTERNS if not one.everyday and not one.ltl]),
    ):
        yield f"## {title}"
        yield ""
        for one in chosen:
            yield from _pattern(one)


def _pattern(pattern: Pattern) -> Iterator[str]:
    yield f"### {pattern.name}"
    yield ""
    example = _example(pattern)
    yield f"> {sentence(example, 'nl')}"
    yield ">"
    yield f"> {sentence(example, 'en')}"
    yield ""
    if pattern.ltl:
        yield f"Formula: {pattern.ltl}"
        yield ""
    yield from _table(
        ("argument", "type", "Nederlands", "English", ""),
        (
            (
                f"`{one.name}`",
                " or ".join(f"`{choice}`" for choice in one.choices) or one.type.replace("_", " "),
                one.nl,
                one.en,
                "required" if one.required else f"default `{one.default}`" if one.default else "",
            )
            for one in pattern.arguments
        ),
    )
    need = "required" if pattern.needs_limit else "optional"
    yield f"Limit: {' or '.join(pattern.limits)}, {need}." if pattern.limits else "Limit: none."
    yield ""
    yield "    measure: " + _flow(pattern)
    limit = f"limit: {LIMIT_OF[pattern.limits[0]]}, " if pattern.limits else ""
    yield f"    norms: [{{{limit}share: 95%}}]"
    yield ""


def _values(pattern: Pattern) -> Iterator[tuple[str, str]]:
    """An example of each argument that the pattern cannot do without, or that shows what it is for."""
    shown = {"news": "message", "since": "paid", "until": "delivered", "after": "paid", "comes": "confirmed"}
    for one in pattern.arguments:
        if one.type == "event_class" and (one.required or one.name in shown):
            yield one.name, shown.get(one.name, {"a": "paid", "b": "delivered"}.get(one.name, "delivered"))
        elif one.required or one.name == "times":
            yield one.name, {"holds": "channel = web", "attribute": "cost", "times": "2"}[one.name]


def _flow(pattern: Pattern) -> str:
    said = [("pattern", pattern.name), *_values(pattern)]
    return "{" + ", ".join(f"{name}: {value}" for name, value in said) + "}"


def _example(pattern: Pattern) -> Requirement:
    arguments: dict[str, object] = {}
    for name, value in _values(pattern):
        argument = pattern.argument(name)
        is_events = argument is not None and argument.type == "event_class"
        arguments[name] = EventClass((value,)) if is_events else value
    limit = parse_limit(LIMIT_OF[pattern.limits[0]]) if pattern.limits else None
    norm = Norm(Share.parse("95%"), limit)
    return Requirement("example", "Example", measure=Measure(pattern.name, arguments), norms=(norm,))


def commands() -> Iterator[str]:
    """The pages of the command line, one after another."""
    yield (
        (COMMAND_LINE / "ketenreis.md")
        .read_text(encoding="utf-8")
        .replace(
            "{commands}",
            "\n".join(
                f"- [`ketenreis {one.words}`](#ketenreis-{one.words.replace(' ', '-')}): {one.summary}"
                for one in COMMANDS
            ),
        )
    )
    for command in COMMANDS:
        yield re.sub(r"^(#+) ", r"#\1 ", command.page, flags=re.MULTILINE)


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
        yield from _table(
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
        yield "Found while reading text or files."
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
    bad, good = (DOCS.parent / "tests" / "findings" / name / file for file in ("bad.yaml", "good.yaml"))
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


def glossary() -> Iterator[str]:
    """Dutch and English side by side, in the order of the Dutch alphabet."""
    pairs: dict[str, str] = {}
    for kind in KINDS:
        pairs.setdefault(kind.nl, kind.en)
        for field in kind.fields:
            pairs.update({nl: en for nl, en in _field_pairs(field) if nl not in pairs})
    for relation in RELATIONS:
        pairs.setdefault(relation.nl, relation.en)
        pairs.setdefault(relation.back_nl, relation.back_en)
    pairs.update(WORDS)
    yield "# Glossary"
    yield ""
    yield "One word per concept in each language. The words of kinds, fields and relations come from the metamodel."
    yield ""
    yield from _table(
        ("Nederlands", "English"),
        sorted(((nl, en) for nl, en in pairs.items()), key=lambda pair: pair[0].casefold()),
    )


def _field_pairs(field: Field) -> Iterator[tuple[str, str]]:
    yield field.nl, field.en
    for choice in field.choices:
        yield from _choice_pair(choice)
    for inner in field.fields:
        yield from _field_pairs(inner)


def _choice_pair(choice: Choice) -> Iterator[tuple[str, str]]:
    if choice.nl:
        yield choice.nl, choice.en


WORDS = {
    "aandeel gehaald": "attainment",
    "basis op orde": "readiness",
    "beoordeeld geval": "opportunity",
    "bevinding": "finding",
    "doorlooptijd": "lead time",
    "gebeurtenis": "event",
    "gehaald, niet gehaald, niet te beoordelen": "met, not met, cannot say",
    "grens": "limit",
    "in één keer goed": "first time right",
    "koppeling": "relation",
    "koppeling te controleren": "suspect relation",
    "lijn van interactie": "line of interaction",
    "lijn van interne interactie": "line of internal interaction",
    "lijn van zichtbaarheid": "line of visibility",
    "logboek van gebeurtenissen": "event log",
    "nog open": "pending",
    "norm van de dag": "norm of the day",
    "op drijfzand": "built on quicksand",
    "regelkaart": "control chart",
    "rode draad": "red thread",
    "schuilnaam": "pseudonym",
    "spanning": "tension (between initiatives)",
    "vermijdbaar contact": "failure demand",
    "waardevraag": "value demand",
    "WAUW-factor (delighter)": "delighter",
    "zaak": "case",
}
"""Words that the metamodel does not hold, as the product uses them."""


def python_names() -> Iterator[str]:
    """The public names with what they answer."""
    yield "# Python"
    yield ""
    yield "Everything meant for use in a notebook or a program: `import ketenreis as kr`."
    yield "Other modules may change with any version."
    yield ""
    for name in sorted(ketenreis.__all__, key=str.lower):
        value = getattr(ketenreis, name)
        yield f"## {name}"
        yield ""
        if callable(value):
            yield "```python"
            yield _signature(name, value)
            yield "```"
            yield ""
        yield from _sections(inspect.getdoc(value) or "")
        yield ""
        if inspect.isclass(value):
            yield from _members(value)


def _members(owner: type) -> Iterator[str]:
    """The public methods and properties of a class, each with its first line; fields stand in its docstring."""
    rows = []
    for name, member in vars(owner).items():
        target = getattr(member, "__func__", getattr(member, "func", getattr(member, "fget", member)))
        says = inspect.getdoc(target) if callable(target) else None
        if not name.startswith("_") and says and inspect.isfunction(target):
            call = "" if not callable(getattr(owner, name)) else "(…)"
            rows.append((f"`.{name}{call}`", says.splitlines()[0]))
    if rows:
        yield from _table(("member", "answers"), rows)


def _signature(name: str, value: object) -> str:
    """How it is called, without the noise of modules."""
    if inspect.isclass(value) and issubclass(value, Exception):
        return f"class {name}(Exception)"
    assert callable(value)  # noqa: S101  # the caller has just seen so
    signature = inspect.signature(value)
    said = [_plain(str(one)) for one in signature.parameters.values()]
    kinds = [one.kind for one in signature.parameters.values()]
    if inspect.Parameter.KEYWORD_ONLY in kinds:
        said.insert(kinds.index(inspect.Parameter.KEYWORD_ONLY), "*")
    head, back = ("class ", "") if inspect.isclass(value) else ("", f" -> {_plain(_back(signature))}")
    line = f"{head}{name}({', '.join(said)}){back}"
    if len(line) <= 100:
        return line
    return f"{head}{name}(\n" + "".join(f"    {one},\n" for one in said) + f"){back}"


def _back(signature: inspect.Signature) -> str:
    """What a function gives, as it is written."""
    given = signature.return_annotation
    return given.__name__ if inspect.isclass(given) and not hasattr(given, "__args__") else str(given)


def _plain(said: str) -> str:
    """A type without the names of modules and the noise of defaults made at run time."""
    said = re.sub(
        r"\b(?:ketenreis|collections|datetime|pathlib|decimal|types|typing|os)(?:\.[a-z_]+)*\.(?=[A-Z_a-z])",
        "",
        said,
    )
    said = re.sub(r"<class '(\w+)'>", r"\1", said)
    return re.sub(r"<factory>|mappingproxy\(\{\}\)|<[^>]* at 0x[0-9a-f]+>", "…", said)


def _sections(docstring: str) -> Iterator[str]:
    """A Google-style docstring as Markdown."""
    for line in docstring.splitlines():
        if re.fullmatch(r"(Args|Returns|Raises|Attributes|Example|Source|Yields):", line):
            yield f"**{line.rstrip(':')}**"
            yield ""
        elif (item := re.fullmatch(r"    ([\w, ]+): (.*)", line)) and not line.strip().startswith(">>>"):
            yield f"- `{item[1]}`: {item[2]}"
        elif line.startswith("        ") and not line.strip().startswith((">>>", "...")):
            yield f"  {line.strip()}"
        else:
            yield line


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
