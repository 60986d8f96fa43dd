"""How long does a change take on a model larger than any there is: told apart, its impact, every check; and after one edit?"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Any

from benchmarks import models
from benchmarks.contests import Asked, Contest
from benchmarks.timing import here, race

from ketenreis.analysis.impact import impact
from ketenreis.findings import Finding
from ketenreis.model import Edit, Model, Update, apply, diff
from ketenreis.notation import read, write
from ketenreis.quantity import Share
from ketenreis.requirements.checks import run_again, run_all

EVERY = 100
"""One requirement in so many gets another norm."""


def changing(elements: int, *, is_asked: bool = True) -> Contest:
    """A change of one requirement in a hundred on a model of so many elements, and an edit of a single one."""
    old = models.large(elements)
    wanted = old.of_kind("ctq")[::EVERY]
    many = [_stricter(old, one.id) for one in wanted]
    single = many[:1]
    new, one = apply(old, many).model, apply(old, single).model
    before = run_all(old)
    if sorted(map(repr, diff(old, new))) != sorted(map(repr, many)) or _told(
        run_again(before, old, one, single)
    ) != _told(run_all(one)):
        raise AssertionError("a change is not told as it was made")
    text = write(old)

    def edited() -> tuple[int, int]:
        made = apply(old, single)
        touched = impact(old, made.model, made.edits)
        return len(touched.reached), len(run_again(before, old, made.model, made.edits))

    steps: dict[str, Callable[[], Any]] = {
        "load from text": lambda: _loaded(text),
        "diff": lambda: len(diff(old, new)),
        "impact": lambda: len(impact(old, new, many).hits),
        "all checks": lambda: len(run_all(new)),
        "one edit: applied, its impact, checked again": edited,
    }
    found = race({name: here(step) for name, step in steps.items()}, same=False)
    whole = sum(found[name].best for name in ("diff", "impact", "all checks"))
    asked = (
        Asked("diff, impact and all checks together", 1.0, whole, "s"),
        Asked("one edit", 0.05, found["one edit: applied, its impact, checked again"].best, "s"),
    )
    return Contest(
        f"A change of a model of {len(old):,} elements and {len(old.edges):,} relations",
        tuple(found.values()),
        asked if is_asked else (),
        "the edits that were made and those that comparing finds; what is found near an edit and what checking all finds",
    )


def _stricter(model: Model, name: str) -> Edit:
    """The edit that asks more of a requirement."""
    norms = model[name].get("norms")
    first = norms[0] if isinstance(norms, tuple) else {}
    return Update(name, "norms", norms, (MappingProxyType({**first, "share": Share.parse("99%")}),))


def _told(findings: list[Finding]) -> list[str]:
    return sorted(finding.fingerprint for finding in findings)


def _loaded(text: Any) -> int:
    with tempfile.TemporaryDirectory() as folder:
        for name, said in text.items():
            file = Path(folder, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(said, encoding="utf-8")
        return len(read(folder).model)
