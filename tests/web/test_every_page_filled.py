"""Every page of the complete example, measured, in every state, in English; the organisation that is not the demo is walked in Dutch."""

import shutil

import pytest
from tests.thorough import THOROUGH
from tests.web.addresses import FILLED, fill
from tests.web.walked import walking

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def name(folder):
    """Belmij with its events; these walks share it, for they change nothing."""
    fill(folder / "belmij")
    yield "belmij"
    shutil.rmtree(folder / "belmij")


@pytest.fixture(scope="module", params=["nl", "en"] if THOROUGH else ["en"])
def walker(request, browser, address, name, keeps_out):
    with walking(browser, address, name, request.param, keeps_out) as made:
        yield made


@pytest.mark.parametrize("path", FILLED)
def test_a_page_keeps_nobody_out_in_any_state(walker, path):
    assert walker.walk(path) == []
