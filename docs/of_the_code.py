"""What can be asked: the pages on commands and on the public names of Python."""

# ruff: noqa: INP001  # a part of the script docs/generate.py, which is no package

import inspect
import re
from collections.abc import Iterator

from tables import table

import ketenreis
from ketenreis.cli.catalogue import COMMANDS, page


def commands() -> Iterator[str]:
    """The pages of the command line, one after another."""
    listed = "\n".join(
        f"- [`ketenreis {one.words}`](#ketenreis-{one.words.replace(' ', '-')}): {one.summary()}"
        for one in COMMANDS
    )
    yield page("ketenreis").replace("{commands}", listed)
    for command in COMMANDS:
        yield re.sub(r"^(#+) ", r"#\1 ", command.page(), flags=re.MULTILINE)


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
        yield from table(("member", "answers"), rows)


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
