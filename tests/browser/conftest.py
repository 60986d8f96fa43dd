"""A page of the report, as a file."""

import pytest
from tests.reports.made import report


@pytest.fixture(scope="session")
def tab(browser):
    """A tab for pages that are only looked at: a file keeps nothing of who read it before."""
    with browser.new_context() as context:
        yield context.new_page()


@pytest.fixture
def shown(browser, tab):
    """Shows a page at a size: in the tab, or in a context of its own where it asks for something special."""
    contexts = []

    def show(address, size, **special):
        width, height = size
        if special:
            contexts.append(browser.new_context(**special))
        page = contexts[-1].new_page() if special else tab
        page.emulate_media(media="null", forced_colors="null")
        page.set_viewport_size({"width": width, "height": height})
        page.goto("about:blank")  # going to another place in the same page would not load it again
        page.goto(address)
        return page

    yield show
    for context in contexts:
        context.close()


@pytest.fixture(scope="session", params=["nl", "en"])
def report_file(request, tmp_path_factory):
    """The report built by hand, as a file, in each language."""
    from ketenreis.findings import Finding
    from ketenreis.reports.page import page

    found = [
        Finding("ctq_without_activity", level, ("op-tijd",))
        for level in ("error", "warning", "advice", "good")
    ]
    file = tmp_path_factory.mktemp("page") / f"{request.param}.html"
    file.write_text(page(report(), request.param, found), encoding="utf-8")
    return file
