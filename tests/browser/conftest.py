"""A page of the report, as a file."""

import pytest
from tests.reports.made import report


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
