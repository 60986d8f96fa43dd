"""Every page of the complete example, measured, in every state, in English; the organisation that is not the demo is walked in Dutch."""

import shutil

import pytest
from tests.thorough import THOROUGH
from tests.web.addresses import FILLED, fill
from tests.web.walked import walk

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def name(folder):
    """Belmij with its events; these walks share it, for they change nothing."""
    fill(folder / "belmij")
    yield "belmij"
    shutil.rmtree(folder / "belmij")


@pytest.mark.parametrize("language", ["nl", "en"] if THOROUGH else ["en"])
@pytest.mark.parametrize("path", FILLED)
def test_a_page_keeps_nobody_out_in_any_state(opened, keeps_out, name, path, language):
    page = opened(f"/{name}/{path}", "desktop", language, bypass_csp=True)
    assert page.evaluate("document.documentElement.lang") == language
    assert walk(page, path, keeps_out) == []
