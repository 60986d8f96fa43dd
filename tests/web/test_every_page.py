"""Every page of an organisation that is not the demo, in every state, in Dutch; the complete example is walked in English."""

import shutil

import pytest
from tests.thorough import THOROUGH
from tests.web.addresses import OWN
from tests.web.chain_text import beside
from tests.web.walked import walking

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def name(folder):
    """A workspace that these walks share, for they change nothing."""
    from ketenreis.web import shelf

    shutil.copytree(folder / "bos" / "model", folder / "alles" / "model")
    beside(shelf.workspace("alles"))
    yield "alles"
    shutil.rmtree(folder / "alles")


@pytest.fixture(scope="module", params=["nl", "en"] if THOROUGH else ["nl"])
def walker(request, browser, address, name, keeps_out):
    with walking(browser, address, name, request.param, keeps_out) as made:
        yield made


@pytest.mark.parametrize("path", OWN)
def test_a_page_keeps_nobody_out_in_any_state(walker, path):
    assert walker.walk(path) == []
