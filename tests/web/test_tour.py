"""The tour leads past every stop and back out, also where there is nothing to show yet."""

import re
import shutil

import pytest

from ketenreis.examples import model_folder


def test_the_tour_leads_from_stop_to_stop_and_ends(client, workspace):
    page = client.get(f"/{workspace.id}/tour/").content.decode()
    there = re.search(r'class="button" href="([^"]+)"', page).group(1).replace("&amp;", "&")
    seen = []
    while True:
        page = client.get(there).content.decode()
        bar = page[
            page.index('<aside class="tour"') : page.index("</aside>", page.index('<aside class="tour"'))
        ]
        seen.append(re.search(r"Rondleiding, (\d) van (\d)", bar).groups())
        there = re.search(r'class="button" href="([^"]+)"', bar).group(1).replace("&amp;", "&")
        if "tour=" not in there:
            break
    assert seen == [(str(n), "7") for n in range(1, 8)]
    assert "Rondleiding, " not in client.get(there).content.decode()


def test_who_does_something_at_a_stop_stays_at_that_stop(client, workspace):
    coverage = f"/{workspace.id}/coverage/"
    on_tour = client.post(f"{coverage}accept", headers={"Referer": f"http://testserver{coverage}?tour=3"})
    assert on_tour.headers["Location"] == f"{coverage}?tour=3"
    beside = client.post(f"{coverage}accept", headers={"Referer": f"http://testserver{coverage}"})
    assert beside.headers["Location"] == coverage


@pytest.mark.parametrize("asked", ["0", "8", "99999999999", "-1", "x", ""])
def test_a_stop_that_is_not_there_shows_the_page_alone(client, workspace, asked):
    answer = client.get(f"/{workspace.id}/findings/", {"tour": asked})
    assert answer.status_code == 200
    assert '<aside class="tour"' not in answer.content.decode()


def test_an_empty_workspace_has_a_tour_too(client, folder):
    (folder / "leeg" / "model").mkdir(parents=True)
    try:
        page = client.get("/leeg/tour/").content.decode()
        assert "Je eigen klantreis" in page
        assert "De rode draad" not in page
    finally:
        (folder / "leeg" / "model").rmdir()
        (folder / "leeg").rmdir()


def test_the_tour_goes_on_at_the_organisation_where_two_teams_differ(client, workspace, folder):
    shutil.copytree(model_folder("noorderwaard"), folder / "noorderwaard" / "model")
    english = shutil.copytree(folder / "noorderwaard", folder / "a-town") / "model" / "organisation.yaml"
    said = english.read_text(encoding="utf-8")
    assert "language: nl" in said
    english.write_text(said.replace("language: nl", "language: en"), encoding="utf-8")
    try:
        beginning = client.get(f"/{workspace.id}/tour/").content.decode()
        assert 'href="/noorderwaard/tensions/' in beginning
        assert "/a-town/" not in beginning
        last = client.get(f"/{workspace.id}/journeys/?tour=7").content.decode()
        there = re.search(r'class="quiet-button" href="([^"]+tensions[^"]+)"', last).group(1)
        page = client.get(there.replace("&amp;", "&")).content.decode()
        assert "Twee teams, één doel" in page
        assert "Minder handelingen per aanvraag" in page
        assert "Weten wat er nu gebeurt" in page
    finally:
        shutil.rmtree(folder / "noorderwaard")
        shutil.rmtree(folder / "a-town")
