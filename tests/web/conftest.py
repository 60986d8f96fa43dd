"""A real server on a folder of workspaces made for the tests, a client that needs no browser, and pages in a real one."""

import itertools
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ketenreis.web.settings")
# Playwright runs an event loop in the thread of the tests; nothing else uses that thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

MODEL = """
organisation: {id: bos, name: Gemeente Bos, language: nl, time_zone: Europe/Amsterdam, objects: [melding]}
departments:
- {id: wijk, name: Wijkteam, roles: [{id: wijkmeester, name: Wijkmeester}]}
personas: [{id: buurt, name: Buurtbewoner}]
journeys:
- id: boom-melden
  name: Boom melden
  need: Ik wil dat de gevaarlijke boom weg is
  start: De bewoner ziet een scheve boom
  end: De boom is veilig
  for: [buurt]
  phases:
  - id: melden
    name: Melden
    steps:
    - {id: zien, name: Boom zien, action: Ziet een scheve boom}
    - id: bellen
      name: Gemeente bellen
      touchpoints: [{id: telefoontje, name: Telefoontje, channel: telefoon}]
      questions: [{id: wanneer, text: Wanneer komen jullie?}]
      wishes: [{id: snel, text: Ik wil dat er snel iemand kijkt, leads_to: [kijken-binnen-een-week]}]
  - id: wachten
    name: Wachten
    steps: [{id: afwachten, name: Afwachten}]
ctqs:
- id: kijken-binnen-een-week
  name: Kijken binnen een week
  object: melding
  measure: {pattern: within, after: telefoontje, comes: inspectie}
  norms: [{limit: 7 days, share: 95%}]
processes:
- id: bomen
  name: Bomen beheren
  activities: [{id: inspectie, name: Inspectie, performed_by: [wijkmeester], outputs: [{id: oordeel, name: Oordeel, serves: [kijken-binnen-een-week]}]}]
"""
"""An organisation that is not the demo."""

SIZES = {"desktop": (1440, 900), "phone": (390, 844)}


@pytest.fixture(scope="session")
def folder() -> Path:
    """The served folder; the environment is set up for it once."""
    made = Path(os.environ["KETENREIS_FOLDER"])
    (made / "bos" / "model").mkdir(parents=True)
    (made / "bos" / "model" / "bos.yaml").write_text(MODEL, encoding="utf-8")
    from ketenreis.web.serving import prepare

    prepare(made)
    return made


_numbers = itertools.count(1)


@pytest.fixture
def workspace(folder):
    """A workspace of this test's own, with the same model; gone afterwards."""
    from ketenreis.web import shelf

    name = f"eigen-{next(_numbers)}"
    shutil.copytree(folder / "bos" / "model", folder / name / "model")
    yield shelf.workspace(name)
    shutil.rmtree(folder / name)


@pytest.fixture
def client(folder):
    """Asks pages without a browser, as a visitor who reads Dutch."""
    from django.test import Client

    return Client(headers={"accept-language": "nl"}, SERVER_NAME="localhost")


@pytest.fixture(scope="session")
def address(folder):
    """Where the environment is served for real, in a process of its own, by the server that people use."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = "import sys; from pathlib import Path; from ketenreis.web.serving import serve; serve(Path(sys.argv[1]), port=int(sys.argv[2]))"
    with subprocess.Popen([sys.executable, "-W", "error", "-c", command, folder, str(port)]) as server:
        for _ in range(600):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None, "the server stopped"
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
        server.terminate()


@pytest.fixture
def opened(browser, address):
    """Opens an address in the browser at a size and in a language; whatever the page complains about fails the test."""
    contexts, complaints = [], []

    def open_at(path, size="desktop", language="nl", **more):
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale=language, base_url=address, **more
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    open_at.complaints = complaints
    yield open_at
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def keeps_out(axe):
    """What on a page, or in a part of it, keeps people out, by axe-core: nothing, one hopes."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

    def found(page, part=None):
        if not page.evaluate("'axe' in window"):
            page.evaluate(axe)
        asked = {"runOnly": tags, "resultTypes": ["violations"]}
        ask = "([part, asked]) => axe.run(part ?? document, asked)"
        result = page.evaluate(ask, [part, asked])
        assert len(result["passes"]) > 5
        return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in result["violations"]]

    return found
