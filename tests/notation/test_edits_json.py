import json

import pytest
from hypothesis import HealthCheck, given, settings
from tests.notation.drawn_models import models

from ketenreis.errors import EditError
from ketenreis.model import Edge, Insert, Move, Relate, Remove, Unrelate, Update
from ketenreis.notation.edits_json import as_data, from_data

MOVE = {"edit": "move", "id": "a", "old_parent": "b", "old_after": None, "parent": "c", "after": "d"}


@given(models())
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_every_edit_comes_back_from_json_as_it_was(model):
    edits = [edit(element, after) for element in model for edit, after in ((Insert, None), (Remove, "a"))]
    edits += [edit(edge) for edge in model.edges for edit in (Relate, Unrelate)]
    edits += [
        Update(e.id, name, None, value) for e in model for name, value in (*e.fields.items(), ("x", None))
    ]
    edits += [Move(element.id, element.parent, None, "b", "é") for element in model]
    read = [from_data(json.loads(json.dumps(as_data(edit)))) for edit in edits]
    assert read == edits
    assert [repr(edit) for edit in read] == [repr(edit) for edit in edits]


def test_a_hand_written_edit_may_leave_its_places_out():
    assert from_data({"edit": "relate", "relation": "next", "source": "a", "target": "b"}) == Relate(
        Edge("next", "a", "b")
    )
    assert from_data(MOVE) == Move("a", "b", None, "c", "d")


@pytest.mark.parametrize(
    "data",
    [
        {}, [], {"edit": "dream"}, {"edit": "update", "id": "a"}, {**MOVE, "id": ""}, {**MOVE, "parent": 3},
        {"edit": "insert", "element": "a"}, {"edit": "insert", "element": {"id": 1, "kind": "step", "parent": None, "fields": {}}},
        *({"edit": "update", "id": "a", "field": "b", "old": None, "new": new} for new in (
            1.5, {}, {"a": 1, "b": 2}, {"wish": 1}, {"number": "x"}, {"number": "NaN"}, {"number": []}, {"date": "soon"}, {"date": 3},
            {"duration": "1 blink"}, {"share": "200%"}, {"condition": "a ="}, {"events": {}}, {"record": []}, {"measure": {"pattern": "x"}},
            {"events": {"of": ["a"], "moment": "never"}}, {"measure": 3})),
    ],
)  # fmt: skip
def test_data_that_are_no_edit_are_refused_with_a_sentence(data):
    with pytest.raises(EditError, match=r"\.$"):
        from_data(data)
