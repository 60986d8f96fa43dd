"""Promises stand beside the norm they rest on, with where they are made, what was measured and what the checks find."""

import pytest

from ketenreis.model import Edge
from ketenreis.model.edits import Insert, Relate
from ketenreis.model.graph import Element
from ketenreis.quantity import Duration


@pytest.fixture(autouse=True)
def _set_up(folder):
    """The environment must be set up before anything of it is imported."""


@pytest.fixture
def promised(workspace):
    """A workspace with a promise that is stricter than its norm, and one that rests on nothing."""
    from ketenreis.web.changes import keeping

    done = keeping.commit(
        workspace,
        [
            Insert(Element("brief", "artefact", "bos", {"name": "Ontvangstbrief"})),
            Insert(
                Element(
                    "toezegging",
                    "promise",
                    "bos",
                    {"text": "Binnen 2 dagen", "limit": Duration.parse("2 days")},
                )
            ),
            Insert(Element("bellen-we", "promise", "bos", {"text": "Wij bellen u"})),
            Relate(Edge("rests_on", "toezegging", "kijken-binnen-een-week")),
            Relate(Edge("made_in", "toezegging", "brief")),
            Relate(Edge("shows", "bellen", "brief")),
            Relate(Edge("announces", "toezegging", "bellen")),
            Relate(Edge("announces", "toezegging", "afwachten")),
        ],
    )
    assert isinstance(done, keeping.Moment)
    return workspace


def test_the_limit_stands_beside_the_norm_with_where_it_is_made_and_what_is_found(client, promised):
    page = client.get(f"/{promised.id}/promises/").content.decode()
    first = page[page.index('id="toezegging"') : page.index('id="bellen-we"')]
    assert "2 dagen" in first
    assert "7 dagen" in first
    assert "strenger dan de norm" in first
    assert "Ontvangstbrief" in first
    assert "Gemeente bellen" in first
    assert "steunt op geen eis" in page[page.index('id="bellen-we"') :]


def test_the_comparison_in_words_is_that_of_the_check(promised):
    from ketenreis.requirements.checks import run_all
    from ketenreis.web.changes import keeping
    from ketenreis.web.promises.reading import promises

    model = keeping.now(promised).model
    found = run_all(model)
    for one in promises(model, found, "nl"):
        ids = {finding.id for finding, _ in one.findings}
        assert ("promise_stricter_than_ctq" in ids) == (one.beside == "stricter")
        assert ("promise_without_ctq" in ids) == (one.ctq is None)
        assert [step.id for step in one.announced] in ([], ["bellen", "afwachten"])


def test_a_promise_is_added_and_tied_to_its_requirement_from_the_page(client, promised):
    from ketenreis.web.changes import keeping

    back = f"/{promised.id}/promises/"
    client.post(
        f"/{promised.id}/e/bos/",
        {"do": "add", "kind": "promise", "title": "Morgen iemand langs", "f.limit": "1 day", "back": back},
    )
    model = keeping.now(promised).model
    assert str(model["morgen-iemand-langs"].get("limit")) == "1 day"
    client.post(
        f"/{promised.id}/e/bellen-we/",
        {"do": "relate", "relation": "rests_on", "target": "kijken-binnen-een-week", "back": back},
    )
    assert keeping.now(promised).model.out("bellen-we", "rests_on")


def test_promises_narrow_by_how_they_compare_and_go_to_a_spreadsheet(client, promised):
    at = f"/{promised.id}/promises/"
    page = client.get(at, {"beside": "stricter"}).content.decode()
    assert "1 van 2" in page
    assert 'id="bellen-we"' not in page
    assert 'filename="promises.xlsx"' in client.get(at, {"as": "xlsx"})["Content-Disposition"]


@pytest.mark.browser
@pytest.mark.parametrize(("size", "language"), [("desktop", "nl"), ("phone", "en")])
def test_a_promise_is_tied_with_the_keyboard_and_nobody_is_kept_out(
    opened, keeps_out, promised, size, language
):
    from ketenreis.web.changes import keeping

    page = opened(f"/{promised.id}/promises/", size, language, bypass_csp=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert keeps_out(page) == []
    choice = page.locator("#ctq-bellen-we")
    choice.focus()
    page.keyboard.type("Kijken")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#bellen-we .rests").wait_for()
    assert keeping.now(promised).model.out("bellen-we", "rests_on")
