"""After an edit only what is near it is checked again: that gives what checking all of it gives."""

import random
from collections import Counter

import pytest
from tests.findings.test_properties import everything

from ketenreis.model import RELATION, Move, Relate, Unrelate, Update, apply, removal
from ketenreis.model.arrangement import arranged
from ketenreis.requirements.checks import run_again, run_all


def told(findings):
    return Counter(
        (one.id, one.fingerprint, one.level, repr(sorted(one.parameters.items()))) for one in findings
    )


def edit(model, chance):
    """Some edit of a model: something goes, says something else, stands elsewhere, is related or no longer is."""
    element = chance.choice([one for one in model if one.kind != "organisation"])
    match chance.randrange(5):
        case 0:
            return removal(model, element.id)
        case 1 | 2:
            like = chance.choice(model.of_kind(element.kind))
            fields = [field.name for field in element.schema.fields]
            name = chance.choice(fields) if fields else "note"
            new = chance.choice([None, like.get(name)])
            return (Update(element.id, name, element.get(name), new),)
        case 3:
            other = chance.choice(
                [one for one in model if model[element.parent or element.id].kind == one.kind]
            )
            return (Move(element.id, element.parent, None, other.id),)
    edge = chance.choice([one for one in model.edges if not RELATION[one.relation].derived])
    if chance.random() < 0.5:
        return (Unrelate(edge),)
    target = chance.choice(model.of_kind(model[edge.target].kind))
    return (Relate(type(edge)(edge.relation, edge.source, target.id)),)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_checked_again_after_an_edit_is_what_all_of_it_says(seed):
    chance, model = random.Random(seed), arranged(everything())
    found, done = run_all(model), 0
    for _ in range(60):
        applied = apply(model, edit(model, chance))
        if applied.conflicts or not applied.edits:
            continue
        again = run_again(found, model, applied.model, applied.edits)
        assert told(again) == told(run_all(applied.model)), applied.edits
        model, found, done = applied.model, again, done + 1
    assert done > 20
