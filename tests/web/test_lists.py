"""Lists narrow, sort, go to a spreadsheet and come back, by their addresses alone; and everything is found."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ketenreis.notation.sheets import read_rows


@pytest.fixture(autouse=True)
def _set_up(folder):
    """The environment must be set up before anything of it is imported."""


def model_of(workspace):
    from ketenreis.web.changes import keeping

    return keeping.now(workspace).model


def ids(answer):
    return re.findall(r'<tr id="([^"]+)"', answer.content.decode())


def hidden(answer):
    """What the form that accepts a sheet would send."""
    page = answer.content.decode()
    form = page[page.index('class="actions accept"') :]
    form = form[: form.index("</form>")]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    return {key: value for key, value in fields.items() if key != "csrfmiddlewaretoken"}


def test_a_list_narrows_sorts_and_says_so_in_its_address_and_to_a_screen_reader(client, workspace):
    at = f"/{workspace.id}/all/step/"
    assert ids(client.get(at)) == ["zien", "bellen", "afwachten"]
    assert ids(client.get(at, {"sort": "name"})) == ["afwachten", "zien", "bellen"]
    down = client.get(at, {"sort": "-name", "in": "melden"})
    assert ids(down) == ["bellen", "zien"]
    page = down.content.decode()
    assert '<th scope="col" aria-sort="descending">' in page
    assert "2 van 3" in page and "Naam: aflopend" in page  # noqa: PT018  # one line of the page
    assert 'href="?in=melden&amp;sort=name"' in page
    assert "Niets past bij dit filter" in client.get(at, {"q": "xyz"}).content.decode()
    assert ids(client.get(at, {"q": "scheve"})) == ["zien"]


def test_every_kind_that_the_model_holds_stands_on_one_page_with_its_number(client, workspace):
    model = model_of(workspace)
    page = client.get(f"/{workspace.id}/all/").content.decode()
    for kind in {element.kind for element in model}:
        assert f'href="/{workspace.id}/all/{kind}/"' in page
    assert f"{len(model.of_kind('step'))} in totaal" in page
    assert client.get(f"/{workspace.id}/all/nothing/").status_code == 404


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_list_goes_out_comes_back_as_one_change_and_is_undone(client, workspace, form):
    before = model_of(workspace)
    given = client.get(f"/{workspace.id}/all/step/", {"as": form, "q": "boom"})
    assert given["Content-Disposition"] == f'attachment; filename="steps.{form}"'
    rows = read_rows(given.content)
    assert [cells[0] for _, cells in rows] == ["id", "zien"]
    table = [list(cells) for _, cells in rows]
    table[1][table[0].index("naam")] = "Boom bekijken"
    table.append([""] * len(table[0]))
    table[2][table[0].index("naam")], table[2][table[0].index("staat in")] = "Foto sturen", "Melden"
    sheet = io.StringIO()
    for row in table:
        sheet.write("\t".join(row) + "\n")
    at = f"/{workspace.id}/all/step/sheet/"
    look = client.post(
        at, {"do": "look", "file": SimpleUploadedFile("stappen.csv", sheet.getvalue().encode())}
    )
    page = look.content.decode()
    assert "Boom bekijken" in page and "Foto sturen" in page  # noqa: PT018  # one look
    assert model_of(workspace) == before
    done = client.post(at, hidden(look))
    after = model_of(workspace)
    assert after["zien"].name == "Boom bekijken"
    assert after["foto-sturen"].parent == "melden"
    change = int(done["Location"].rpartition("=")[2])
    assert "Uit een spreadsheet" in client.get(f"/{workspace.id}/history/").content.decode()
    client.post(f"/{workspace.id}/history/{change}/undo")
    assert model_of(workspace) == before


def test_what_somebody_else_changed_meanwhile_is_shown_and_stays(client, workspace):
    at = f"/{workspace.id}/all/step/"
    rows = [list(cells) for _, cells in read_rows(client.get(at, {"as": "csv"}).content)]
    heading = rows[0].index("naam")
    client.post(f"/{workspace.id}/e/zien/", {"do": "save", "f.name": "Boom ontdekken"})
    rows[1][heading], rows[2][heading] = "Boom bekijken", "Bellen met de gemeente"
    text = "\n".join("\t".join(cell.replace("\n", " ") for cell in row) for row in rows)
    look = client.post(f"{at}sheet/", {"do": "look", "text": text})
    assert "Boom ontdekken" in look.content.decode()
    accept = hidden(look)
    assert accept["clashes"] == "1"
    again = client.post(f"{at}sheet/", {**accept, "clashes": "0"})
    assert "Kijk opnieuw" in again.content.decode()
    client.post(f"{at}sheet/", hidden(again))
    model = model_of(workspace)
    assert (model["zien"].name, model["bellen"].name) == ("Boom ontdekken", "Bellen met de gemeente")


def test_what_is_no_sheet_is_told_and_what_is_not_understood_is_told_by_row_and_column(client, workspace):
    at = f"/{workspace.id}/all/ctq/sheet/"
    answer = client.post(at, {"do": "look", "file": SimpleUploadedFile("foto.xlsx", b"PK\x03\x04 no")})
    assert answer.status_code == 422
    assert "niet te lezen als spreadsheet" in answer.content.decode()
    text = "id\tnaam\tKano-klasse\nkijken-binnen-een-week\tSnel\tleuk\n<script>\tX\t\n"
    page = client.post(at, {"do": "look", "text": text}).content.decode()
    assert "Rij 2, kolom “Kano-klasse”" in page
    assert "basisfactor, prestatiefactor" in page
    assert "Rij 3, kolom “id”" in page
    assert "<script>\t" not in page and "&lt;script&gt;" in page  # noqa: PT018  # the same text


def test_a_list_of_thousands_comes_by_pages_and_goes_out_whole(client, workspace):
    rows = "naam\n" + "\n".join(f"Rol {number:03}" for number in range(230))
    at = f"/{workspace.id}/all/role/"
    text = "staat in\t" + rows.replace("\nRol", "\nwijk\tRol")
    client.post(f"{at}sheet/", hidden(client.post(f"{at}sheet/", {"do": "look", "text": text})))
    page = client.get(at, {"sort": "name", "page": 3}).content.decode()
    assert "231 in totaal" in page
    assert "Pagina 3 van 3" in page
    assert len(read_rows(client.get(at, {"as": "xlsx"}).content)) == 232


@pytest.mark.parametrize(
    ("asked", "finds"),
    [
        ("wens", "Wensen"),
        ("wishes", "Wensen"),
        ("Measures", "Metingen"),
        ("scheve boom", "Boom zien"),
        ("telefoon", "Telefoontje"),
        ("inspectie", "Inspectie"),
        ("er snel iemand", "Ik wil dat er snel iemand kijkt"),
        ("gevaarlijke boom weg", "Boom melden"),
        ("findings", "Bevindingen"),
    ],
)
def test_everything_is_found_by_what_it_says_in_either_language(client, workspace, asked, finds):
    answer = client.get(f"/{workspace.id}/found", {"q": asked}, headers={"accept": "application/json"})
    found = answer.json()["found"]
    assert finds.casefold() in [row["name"].casefold() for row in found]
    page = client.get(f"/{workspace.id}/found", {"q": asked})
    assert finds.casefold() in page.content.decode().casefold()
    assert "EventClass(" not in page.content.decode(), "a measure is told by nobody as the code writes it"


def test_an_element_of_every_kind_is_found_by_its_name_and_by_the_text_in_its_fields(client, folder):
    from ketenreis.model import KIND, Element, Model
    from ketenreis.web.elements.searching import _elements

    model = Model.of(
        Element(f"e{n}", kind.name, None, {"name": f"Naam {n:02}x", "note": f"Diep {n:02}y"})
        for n, kind in enumerate(KIND.values())
    )
    for n in range(len(model)):
        assert [one.id for one in _elements(model, [f"{n:02}x"])] == [f"e{n}"]
        assert [one.id for one in _elements(model, ["diep", f"{n:02}y"])] == [f"e{n}"]


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("journeys/", "journeys"),
        ("chains/", "chains"),
        ("processes/", "processes"),
        ("measures/", "ctqs"),
        ("findings/", "findings"),
        ("evidence/", "sources"),
        ("seen/", "artefacts"),
        ("history/", "history"),
        ("all/touchpoint/", "touchpoints"),
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_list_narrows_and_goes_to_a_spreadsheet(client, workspace, path, file, language):
    at = f"/{workspace.id}/{path}"
    ask = {"headers": {"accept-language": language}}
    whole = client.get(at, **ask)
    assert whole.status_code == 200
    for form in ("xlsx", "csv"):
        given = client.get(at, {"as": form}, **ask)
        assert given["Content-Disposition"] == f'attachment; filename="{file}.{form}"'
        rows = read_rows(given.content)
        nothing = read_rows(client.get(at, {"as": form, "q": "zzzzzz"}, **ask).content)
        assert len(nothing) == 1 <= len(rows)
    if len(rows) > 1:
        page = client.get(at, {"q": "zzzzzz", "sort": "-name"}, **ask).content.decode()
        assert ("0 van " if language == "nl" else "0 of ") in page
        assert 'role="status"' in page
