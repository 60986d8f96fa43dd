"""The blueprint in the environment: kept as every kind of file, with the thread that was chosen."""

import re
from html import unescape

import pytest

STARTS = {
    "svg": b"<svg",
    "png": b"\x89PNG",
    "pdf": b"%PDF",
    "pptx": b"PK",
    "xlsx": b"PK",
    "html": b"<!doctype html>",
}


@pytest.mark.parametrize("ending", sorted(STARTS))
def test_the_blueprint_is_kept_as_every_kind_of_file(client, workspace, ending):
    answer = client.get(
        f"/{workspace.id}/blueprint/boom-melden/as/{ending}", {"ctq": "kijken-binnen-een-week"}
    )
    assert answer.status_code == 200
    assert STARTS[ending] in answer.content[:200]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="boom-melden.{ending}"'


@pytest.mark.parametrize("path", ["boom-melden/as/exe", "nergens/as/svg", "zien/as/svg"])
def test_what_cannot_be_drawn_is_not_found(client, workspace, path):
    assert client.get(f"/{workspace.id}/blueprint/{path}").status_code == 404


def test_the_page_shows_every_step_and_the_equal_table(client, workspace):
    there = f"/{workspace.id}/blueprint/boom-melden/"
    board, table = (client.get(there, asked).content.decode() for asked in ({}, {"as": "table"}))
    assert 'data-blueprint="boom-melden"' in board
    assert 'data-blueprint="boom-melden"' not in table
    for name in (
        "Boom zien",
        "Gemeente bellen",
        "Afwachten",
        "Telefoontje",
        "Kijken binnen een week",
        "Inspectie",
    ):
        assert name in board
        assert name in table
    assert f'href="/{workspace.id}/e/inspectie/"' in table
    opened = re.search(r'hx-get="([^"]*/e/inspectie/[?]back=[^"]*)"', table)[1]
    form = client.get(unescape(opened)).content.decode()
    assert f'name="back" value="{there}?as=table"' in form, "who saves in the table comes back to the table"
