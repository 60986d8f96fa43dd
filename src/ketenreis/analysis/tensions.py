"""Where do initiatives pull apart, or pull at what a customer needs? Found by rules that anybody can follow.

A tension blames nobody: each side stands there with what it wants and what it stands up for, and at least one option serves
both. It stays the same tension for as long as the same initiatives want the same of the same elements.
"""

import hashlib
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

from ketenreis.analysis.impact import Hop
from ketenreis.analysis.tension_rules import RULES, WEIGHTS, Draft, Ground, Rule, Side, Weight
from ketenreis.analysis.ways_out import Option
from ketenreis.model import Element, Model

MOST_OPTIONS = 5


@dataclass(frozen=True, slots=True)
class Tension:
    """Two sides that want what does not go together as it stands.

    Attributes:
        rule: Which rule found it.
        weight: How much the customer may notice of it.
        element: What it is about.
        sides: Both; the one that takes away first, where one does.
        path: How what the second side works on is linked to what the first works on; empty when it is the same.
        shared: The goals that both pursue.
        options: What serves both; at least one.
        gone: The ids that would go with what is removed; empty where nothing is.
        fingerprint: Stays the same as long as it is between the same sides about the same elements.
        facts: Changes when what lies behind it changes: what is wanted, or what the elements say.
        also: Other rules that find the same between the same sides; what these need stands with the sides and options.
    """

    rule: str
    weight: Weight
    element: Element
    sides: tuple[Side, Side]
    path: tuple[Hop, ...]
    shared: tuple[Element, ...]
    options: tuple[Option, ...]
    gone: frozenset[str]
    fingerprint: str
    facts: str
    also: tuple[str, ...] = ()

    @property
    def initiatives(self) -> tuple[Element, ...]:
        """The initiatives between which it stands: one or two."""
        return tuple(side.initiative for side in self.sides if side.initiative is not None)


def tensions(model: Model) -> tuple[Tension, ...]:
    """Every tension in a model.

    Args:
        model: The model; initiatives that are done or dropped want nothing any more.

    Returns:
        The weightiest first, then in the order of the rules and of the model. What is added elsewhere in the model never
        takes one away.

    Example:
        >>> from ketenreis.notation import read_text
        >>> text = '''
        ... processes: [{id: p, activities: [{id: bellen, name: Bellen}]}]
        ... initiatives:
        ... - {id: sneller, operations: [{intent: remove, element: bellen}]}
        ... - {id: warmer, operations: [{intent: strengthen, element: bellen}]}
        ... '''
        >>> [(one.rule, one.element.name) for one in tensions(read_text(text).model)]
        [('opposite', 'Bellen'), ('no_shared_goal', 'Bellen')]
    """
    ground = Ground(model)
    found: dict[str, Tension] = {}
    for rule in RULES:
        for draft in rule.find(ground):
            made = _made(draft, model, rule)
            found.setdefault(made.fingerprint, made)
    alike: dict[object, list[Tension]] = {}
    for one in found.values():
        between = (one.element.id, *(each.id for each in one.initiatives))
        alike.setdefault(between if one.weight == "high" else one.fingerprint, []).append(one)
    return tuple(sorted(map(_as_one, alike.values()), key=lambda one: WEIGHTS.index(one.weight)))


def _as_one(alike: list[Tension]) -> Tension:
    """What several rules find between the same two sides about one element, as one tension to talk about."""
    first = alike[0]
    if len(alike) == 1:
        return first
    holds = tuple(dict.fromkeys(need for one in alike for need in one.sides[1].holds))
    in_turn = chain.from_iterable(zip_longest(*(one.options for one in alike)))
    return replace(
        first,
        sides=(first.sides[0], replace(first.sides[1], holds=holds)),
        path=max((one.path for one in alike), key=len),
        options=tuple(dict.fromkeys(option for option in in_turn if option is not None))[:MOST_OPTIONS],
        facts=_hashed(*(one.facts for one in alike)),
        also=tuple(dict.fromkeys(one.rule for one in alike[1:] if one.rule != first.rule)),
    )


def _made(draft: Draft, model: Model, rule: Rule) -> Tension:
    initiatives = [side.initiative for side in draft.sides if side.initiative is not None]
    goals = [{goal.id for goal in model.targets(one.id, "pursues")} for one in initiatives]
    shared = set.intersection(*goals) if len(goals) > 1 else set()
    fingerprint = _hashed(rule.name, *sorted(draft.between))[:16]
    wanted = [
        (side.push, *((op.intent, op.element.id, op.what) if (op := side.operation) else ()))
        for side in draft.sides
    ]
    concerned = {one.id: one for side in draft.sides for one in side.holds} | {
        draft.element.id: draft.element
    }
    said = [
        f"{name}:{sorted((key, repr(value)) for key, value in one.fields.items())}"
        for name, one in sorted(concerned.items())
    ]
    return Tension(
        rule.name,
        rule.weight,
        draft.element,
        draft.sides,
        draft.path,
        tuple(model[name] for name in sorted(shared) if name in model),
        tuple(dict.fromkeys(draft.options))[:MOST_OPTIONS],
        draft.gone,
        fingerprint,
        _hashed(fingerprint, repr(sorted(wanted)), *said),
    )


def _hashed(*said: str) -> str:
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()
