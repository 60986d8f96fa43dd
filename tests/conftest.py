"""What many tests lean on: the shared real logs, and a switch that turns skips into failures where all must run."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def skip_or_fail(reason: str) -> None:
    """Skips with a reason; where KETENREIS_NO_SKIP is set (the project's own CI) a skip is a failure."""
    if os.environ.get("KETENREIS_NO_SKIP"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real logs and oracles, which the project may not ship."""
    folder = Path(os.environ.get("KETENREIS_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        skip_or_fail(f"The real logs are not at {folder}; set KETENREIS_DATA to their folder.")
    return folder
