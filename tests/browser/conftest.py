"""A real browser, found on this machine; a page of the report in it."""

import os
import shutil
from pathlib import Path

import pytest
from tests.conftest import skip_or_fail
from tests.reports.made import report

VENDOR = Path(__file__).parent / "vendor"


@pytest.fixture(scope="session")
def browser():
    """Chromium: KETENREIS_CHROMIUM, else the one on the path."""
    found = (
        os.environ.get("KETENREIS_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    if not found:
        skip_or_fail("No Chromium was found; install one or point KETENREIS_CHROMIUM to it.")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-quic"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe():
    """The source of axe-core, which looks for what keeps people out."""
    return (VENDOR / "axe.min.js").read_text(encoding="utf-8")


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
