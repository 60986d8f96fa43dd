"""Something new in an organisation, also where there is none yet; without a browser."""

import itertools
import shutil

import pytest


@pytest.fixture(autouse=True)
def _set_up(folder):
    """The environment must be set up before anything of it is imported."""


_numbers = itertools.count(1)


@pytest.fixture
def empty(folder):
    """A workspace of this test's own in which nothing stands yet; gone afterwards."""
    from ketenreis.web import shelf

    name = f"leeg-{next(_numbers)}"
    (folder / name / "events").mkdir(parents=True)
    yield shelf.workspace(name)
    shutil.rmtree(folder / name)


def test_the_first_thing_brings_its_organisation_along_and_the_second_stands_in_the_same():
    from ketenreis.model import Model, apply
    from ketenreis.web.changes.making import made

    edits, first = made(Model.of(()), "journey", {"name": "Boom melden"}, "nl")
    model = apply(Model.of(()), edits).model
    assert [one.kind for one in model] == ["organisation", "journey"]
    edits, second = made(model, "chain", {"name": "Boom melden"}, "nl")
    model = apply(model, edits).model
    assert model[first].parent == model[second].parent == model.organisation.id
    assert first != second


@pytest.mark.parametrize(("language", "name"), [("nl", "Mijn organisatie"), ("en", "My organisation")])
def test_an_organisation_nobody_named_is_called_so_in_the_language_of_who_came_first(language, name):
    from ketenreis.model import Model
    from ketenreis.web.changes.making import housed

    organisation = housed(Model.of(()), language).organisation
    assert (organisation.name, organisation.get("language")) == (name, language)


def test_who_makes_the_first_journey_may_say_how_the_organisation_is_called(empty, client):
    from ketenreis.web.changes import keeping

    assert "Hoe heet je organisatie?" in client.get(f"/{empty.id}/journeys/").content.decode()
    client.post(f"/{empty.id}/journeys/", {"name": "Verhuizen", "organisation": "Gemeente Bos"})
    organisation = keeping.now(empty).model.organisation
    assert (organisation.id, organisation.name) == ("gemeente-bos", "Gemeente Bos")
    assert "Hoe heet je organisatie?" not in client.get(f"/{empty.id}/journeys/").content.decode()


@pytest.mark.parametrize("page", ["needs", "promises", "initiatives", "all/persona"])
def test_no_page_of_an_empty_workspace_is_a_dead_end(empty, client, page):
    from ketenreis.web.changes import keeping

    shown = client.get(f"/{empty.id}/{page}/").content.decode()
    assert f'action="/{empty.id}/e/organisation/"' in shown
    client.post(f"/{empty.id}/e/organisation/", {"do": "add", "kind": "persona", "title": "Verhuizer"})
    model = keeping.now(empty).model
    assert [one.kind for one in model] == ["organisation", "persona"]
    assert model["verhuizer"].parent == model.organisation.id


def test_a_process_that_is_pasted_first_stands_in_an_organisation(empty, client):
    from ketenreis.web.changes import keeping

    pasted = {"do": "accept", "name": "Verhuizing", "text": "Activiteit\tRol\nInschrijven\tBalie"}
    client.post(f"/{empty.id}/bring/process/", pasted)
    model = keeping.now(empty).model
    assert model["verhuizing"].parent == model.organisation.id
