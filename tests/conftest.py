"""What many tests lean on: the shared real logs, a real browser, and a switch that turns skips into failures where all must run."""

import atexit
import os
import shutil
import subprocess
from pathlib import Path
from tempfile import mkdtemp

import pytest

ROOT = Path(__file__).parents[1]

# The environment reads its folder once, when it is first looked at, and collecting doctests looks at everything. So each
# process has a folder of its own from the start, and nothing is ever written where somebody stands.
os.environ["KETENREIS_FOLDER"] = mkdtemp(prefix="ketenreis-served-")
atexit.register(shutil.rmtree, os.environ["KETENREIS_FOLDER"], ignore_errors=True)
VENDOR = ROOT / "tests" / "browser" / "vendor"

BROWSER = [
    "--no-sandbox",
    "--disable-quic",
    # No test looks at a moving picture: one process less, and nothing is composed by a processor that plays a screen.
    "--disable-gpu-compositing",
    "--in-process-gpu",
    "--num-raster-threads=1",
]
LONG = (
    "measure/test_three_answers",
    "web/test_every_page_filled",
    "web/test_every_page",
    "measure/test_ground_truth",
    "browser/test_report",
    "browser/test_blueprint",
    "cli/test_demo",
    "events/test_amending",
    "events/test_profile",
    "events/test_crash_anywhere",
    "web/test_by_keyboard",
    "examples/test_noorderwaard_measured",
    "reports/test_planted_truths",
    "examples/test_snelpak_measured",
    "test_packaging",
)
"""The files that take long, the longest first: a worker takes a file at a time, and none may begin with one of these at the end."""


def pytest_collection_modifyitems(items):
    """Puts the long files in front."""
    place = {ROOT / "tests" / f"{name}.py": at for at, name in enumerate(LONG)}
    items.sort(key=lambda item: place.get(item.path, len(place)))


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
        started = playwright.chromium.launch(executable_path=found, args=BROWSER)
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe():
    """The source of axe-core, which looks for what keeps people out."""
    return (VENDOR / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def postgres():
    """The address of a PostgreSQL: KETENREIS_POSTGRES, or one of our own for these tests."""
    if address := os.environ.get("KETENREIS_POSTGRES"):
        yield address
        return
    if not shutil.which("pg_ctl") or not shutil.which("initdb"):
        skip_or_fail("No PostgreSQL can be started here; set KETENREIS_POSTGRES to the address of one.")
    who = "nobody" if os.geteuid() == 0 else None  # it refuses to run as root
    folder = Path(mkdtemp(prefix="pg-"))
    if who:
        shutil.chown(folder, who)

    def run(*command):
        return subprocess.run(
            command, check=False, capture_output=True, text=True, cwd=folder, user=who, timeout=60
        )

    made = run("initdb", "-D", folder / "data", "-U", "test", "-A", "trust")
    options = f"-c listen_addresses='' -k {folder}"
    log = folder / "log"
    if (
        made.returncode
        or run("pg_ctl", "-D", folder / "data", "-l", log, "-o", options, "-w", "start").returncode
    ):
        shutil.rmtree(folder)
        skip_or_fail(
            "The PostgreSQL that is here does not start; set KETENREIS_POSTGRES to the address of one."
        )
    yield f"postgresql://test@/postgres?host={folder}"
    run("pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
    shutil.rmtree(folder)
