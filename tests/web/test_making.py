"""Something new in an organisation, also where there is none yet; without a browser."""

import pytest


@pytest.fixture(autouse=True)
def _set_up(folder):
    """The environment must be set up before anything of it is imported."""


def test_the_first_thing_brings_its_organisation_along_and_the_second_stands_in_the_same():
    from ketenreis.model import Model, apply
    from ketenreis.web.changes.making import made

    edits, first = made(Model.of(()), "journey", {"name": "Boom melden"})
    model = apply(Model.of(()), edits).model
    assert [one.kind for one in model] == ["organisation", "journey"]
    edits, second = made(model, "chain", {"name": "Boom melden"})
    model = apply(model, edits).model
    assert model[first].parent == model[second].parent == model.organisation.id
    assert first != second
