"""Two moments or variants beside each other, a variant worked in as any workspace, and taken over with clashes chosen one by one."""

import io
import zipfile

import pytest


@pytest.fixture(autouse=True)
def _set_up(folder):
    """The environment must be set up before anything of it is imported."""


def change(workspace, name, field, new):
    from ketenreis.model.edits import Update
    from ketenreis.web.changes import keeping

    old = keeping.now(workspace).model[name].get(field)
    return keeping.commit(workspace, [Update(name, field, old, new)])


@pytest.fixture
def wanted(workspace):
    """A variant in which another name was given, a step is gone and one is new; today the first has another name too."""
    from types import MappingProxyType

    from ketenreis.model import Element
    from ketenreis.model.edits import Insert, removal
    from ketenreis.web.changes import keeping, variants

    made = variants.begin(workspace, "Sneller")
    change(made, "zien", "name", "Boom opmerken")
    keeping.commit(made, removal(keeping.now(made).model, "afwachten"))
    keeping.commit(
        made, [Insert(Element("foto", "step", "melden", MappingProxyType({"name": "Foto maken"})), "zien")]
    )
    change(workspace, "zien", "name", "Boom ontdekken")
    change(workspace, "bellen", "note", "Blijft")
    return made


def test_any_two_moments_are_told_apart_also_in_what_no_page_shows(workspace, client):
    first = change(workspace, "zien", "note", "Een").change
    change(workspace, "bellen", "moment_of_truth", ("customer",))
    page = client.get(f"/{workspace.id}/compare/?from={first}").content.decode()
    assert "Gemeente bellen" in page
    assert "Verschillen: 1" in page
    assert "moment van de waarheid" in page.lower()
    assert "Beide zeggen hetzelfde" in client.get(f"/{workspace.id}/compare/?from=now").content.decode()
    assert client.get(f"/{workspace.id}/compare/?from=9999999").status_code == 404
    assert "blijft" in page
    assert "Merk activiteiten als stabiele kern" in page
    marked = change(workspace, "inspectie", "shell", "core").change
    change(workspace, "bellen", "note", "Stil")
    assert "Alles blijft: 1 van 1." in client.get(f"/{workspace.id}/compare/?from={marked}").content.decode()
    change(workspace, "inspectie", "note", "Twee")
    change(workspace, "inspectie", "note", "Drie")
    page = client.get(f"/{workspace.id}/compare/?from={marked}").content.decode()
    assert "0 van 1 blijft. Beweegt:" in page
    assert "in 2 wijzigingen" in page


def test_a_variant_is_a_workspace_that_leaves_today_alone(workspace, wanted, client):
    from ketenreis.web.changes import keeping

    assert "foto" not in keeping.now(workspace).model
    page = client.get(f"/{wanted.id}/journeys/boom-melden/").content.decode()
    assert "Foto maken" in page
    assert "Je werkt in de variant “Sneller”." in page
    beside = client.get(
        f"/{workspace.id}/compare/?from=now&to={wanted.id}&subject=boom-melden"
    ).content.decode()
    assert "+ nieuw" in beside
    assert "− weg" in beside
    assert "~ gewijzigd" in beside
    assert client.get(f"/{workspace.id}_niets/journeys/").status_code == 404


def test_taking_over_asks_where_both_want_something_else_and_then_both_are_the_same(
    workspace, wanted, client
):
    from ketenreis.web.changes import keeping

    there = f"/{workspace.id}/compare/{wanted.id}/merge"
    page = client.get(there).content.decode()
    assert "iets anders: 1" in page
    assert "Boom opmerken" in page
    seen = {"seen": keeping.now(workspace).change}
    assert client.post(there, seen).status_code == 422
    assert "foto" not in keeping.now(workspace).model
    told = client.post(there, {**seen, "clash.0": "theirs", "weigh": "1"}, follow=True).content.decode()
    assert "wijzigingen samen" in told
    assert "foto" not in keeping.now(workspace).model
    client.post(there, {**seen, "clash.0": "theirs"})
    model = keeping.now(workspace).model
    assert model == keeping.now(wanted).model
    assert (model.name("zien"), model["bellen"].get("note")) == ("Boom opmerken", "Blijft")
    assert "foto" in model
    assert "afwachten" not in model
    assert "Niets: vandaag is het al zo." in client.get(there).content.decode()


def test_a_second_rater_does_not_see_the_labels_of_the_first_until_both_gave_theirs(workspace, client):
    from ketenreis.web.changes import keeping, variants

    change(workspace, "inspectie", "value", "waste")
    change(workspace, "inspectie", "shell", "core")
    client.post(f"/{workspace.id}/compare/variant", {"name": "Tweede", "blind": "1"})
    (row,) = variants.variants(workspace)
    own = variants.beside(workspace, row.own)
    assert keeping.now(own).model["inspectie"].get("value") is None
    beside = f"/{workspace.id}/compare/?from=now&to={row.own}"
    page = client.get(beside).content.decode()
    assert "Beide zeggen hetzelfde" in page
    assert "zonder de labels van een ander te zien" in page
    change(own, "inspectie", "value", "adding")
    page = client.get(beside).content.decode()
    assert "Verschillen: 1" in page
    client.post(
        f"/{workspace.id}/compare/{row.own}/merge",
        {"seen": keeping.now(workspace).change, "clash.0": "theirs"},
    )
    after = keeping.now(workspace).model["inspectie"]
    assert (after.get("value"), after.get("shell")) == ("adding", "core"), "what was hidden is not gone"


def test_today_may_be_kept_at_a_clash(workspace, wanted, client):
    from ketenreis.web.changes import keeping

    there = f"/{workspace.id}/compare/{wanted.id}/merge"
    client.post(there, {"seen": keeping.now(workspace).change, "clash.0": "ours"})
    assert keeping.now(workspace).model.name("zien") == "Boom ontdekken"
    assert keeping.now(wanted).model.name("zien") == "Boom ontdekken"


def test_a_model_that_is_brought_as_text_or_zip_is_a_variant_beside_today(workspace, client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from ketenreis.notation import write
    from ketenreis.web.changes import keeping

    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, text in write(keeping.now(workspace).model).items():
            archive.writestr(name, text.replace("Boom zien", "Boom opmerken"))
    there = f"/{workspace.id}/compare/variant"
    brought = SimpleUploadedFile("Straks.zip", written.getvalue())
    page = client.post(there, {"file": brought}, follow=True).content.decode()
    assert "Boom opmerken" in page
    assert "Verschillen: 1" in page
    bad = client.post(there, {"file": SimpleUploadedFile("m.yaml", b"ctqs: [")})
    assert bad.status_code == 422
    assert "niet ingebracht" in bad.content.decode()
    whole = written.getvalue()
    cut = whole[:200] + bytes(100) + whole[300:]
    locked = whole.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    assert whole not in (cut, locked)
    for broken in (cut, locked):
        assert client.post(there, {"file": SimpleUploadedFile("Straks.zip", broken)}).status_code == 422


@pytest.mark.browser
@pytest.mark.parametrize(("size", "language"), [("desktop", "nl"), ("phone", "en")])
def test_comparing_and_taking_over_go_by_keyboard_and_keep_nobody_out(
    opened, keeps_out, workspace, wanted, size, language
):
    from ketenreis.web.changes import keeping

    page = opened(
        f"/{workspace.id}/compare/?from=now&to={wanted.id}&subject=boom-melden",
        size,
        language,
        bypass_csp=True,
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert keeps_out(page) == []
    page.locator("a[href$='/merge']").press("Enter")
    page.get_by_role("radio").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert keeps_out(page) == []
    page.get_by_role("radio", name="Sneller").press("Space")
    page.get_by_role("button", name="Take over" if language == "en" else "Neem over").press("Enter")
    page.locator(".staying").wait_for()
    assert keeping.now(workspace).model == keeping.now(wanted).model
