"""Every page of an organisation that is not the demo, in every state, in Dutch; the complete example is walked in English."""

import shutil

import pytest
from tests.thorough import THOROUGH
from tests.web.addresses import GONE, OWN
from tests.web.chain_text import beside
from tests.web.walked import walk

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def name(folder):
    """A workspace that these walks share, for they change nothing."""
    from ketenreis.web import shelf

    shutil.copytree(folder / "bos" / "model", folder / "alles" / "model")
    beside(shelf.workspace("alles"))
    yield "alles"
    shutil.rmtree(folder / "alles")


@pytest.mark.parametrize("language", ["nl", "en"] if THOROUGH else ["nl"])
@pytest.mark.parametrize("path", OWN)
def test_a_page_keeps_nobody_out_in_any_state(opened, keeps_out, name, path, language):
    page = opened(f"/{name}/{path}", "desktop", language, bypass_csp=True)
    assert page.evaluate("document.documentElement.lang") == language
    if path == GONE:
        opened.complaints.clear()  # the browser says itself that nothing is there
    assert walk(page, path, keeps_out) == []
