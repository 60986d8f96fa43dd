"""The demo: a complete example, from nothing to a report."""

import json
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from ketenreis.examples import write_raw


@pytest.fixture
def small(ketenreis):
    """Runs a small demo that writes its report where it is asked to, and exits."""

    def run(folder, *words, **variables):
        (folder / "told").mkdir(parents=True)
        page = ("--report", folder / "told" / "report.html")
        return ketenreis("demo", "--cases", "200", "--folder", folder, *page, *words, **variables)

    return run


READ = {
    "nl": ("Bevestiging op tijd", "Eén afzender kondigt aan", "gebeurtenissen noemen alleen de customer"),
    "en": ("Confirmation in time", "One sender announces", "events name only the customer"),
}
"""What its reader finds: in the report of Belmij, in that of Snelpak, and of what Snelpak's files gave."""


def is_told(answer, folder, language):
    """Checks that each organisation was measured, in the language of its reader; gives the commands to go on with."""
    name, announced, joined = READ[language]
    assert answer.status == 0
    page = (folder / "told" / "report.html").read_text(encoding="utf-8")
    assert name in answer.out
    assert name in page
    assert f'lang="{language}"' in page
    assert announced in answer.out
    assert announced in (folder / "told" / "report-snelpak.html").read_text(encoding="utf-8")
    assert announced not in page
    assert joined in answer.err
    for file in ("pakketten.csv", "scans.csv", "berichten.csv", "telefonie.csv"):
        assert f"{file}: " in answer.err
    return [line.split()[1:] for line in answer.err.splitlines() if line.startswith("  ketenreis ")]


def test_the_demo_measures_each_organisation_and_says_how_to_go_on(ketenreis, small, tmp_path):
    answer = small(tmp_path, "--language", "nl")
    assert len(is_told(answer, tmp_path, "nl")) == 3
    assert sum("--data" in line for line in answer.err.splitlines()) == 1, "how to show the real log"
    said = json.loads(ketenreis("confirm", tmp_path / "belmij" / "model", "--json").out)
    changed = [one["relation"] for one in said if one["state"] == "changed"]
    assert len(changed) == 3, "the norm that just changed leaves three relations to look at"
    for source in ("order-bevestigd", "betaald-order", "binnen-een-uur"):
        assert any(source in one and "bevestiging-op-tijd" in one for one in changed)


def test_without_a_report_the_demo_serves_the_examples(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["demo", "--cases", "100", "--no-browser", "--port", str(port), "--folder", str(tmp_path)]
    command = [sys.executable, "-m", "ketenreis", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as demo:
        try:
            found = answered(f"http://localhost:{port}/", demo)
            assert "Belmij" in found
            assert "Snelpak" in found
            assert "Noorderwaard" in found
            assert "bevestiging" in answered(f"http://localhost:{port}/belmij/measures/", demo)
            for language, name in (("nl", "Bevestiging op tijd"), ("en", "Confirmation in time")):
                # Whatever the terminal speaks: the example is shown in the language that the browser asks for.
                tour = answered(f"http://localhost:{port}/belmij/tour/", demo, language)
                own = re.search(r'href="/(belmij[a-z-]*)/journeys/"', tour).group(1)
                assert name in answered(f"http://localhost:{port}/{own}/measures/", demo, language)
        finally:
            demo.terminate()
            demo.communicate(timeout=20)


def answered(address, process, language="nl"):
    """What an address says, once it says something."""
    for _ in range(600):
        assert process.poll() is None, process.stderr.read()
        try:
            asked = urllib.request.Request(address, headers={"Accept-Language": language})
            with urllib.request.urlopen(asked, timeout=10) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError:
            raise  # it answers, and wrongly: asking again would take an hour and say no more
        except OSError:
            time.sleep(0.1)
    raise AssertionError(address)


@pytest.mark.data
def test_with_the_real_log_the_permit_case_is_measured_too_beside_orders_of_another_seed(
    ketenreis, small, tmp_path, shared_data
):
    answer = small(tmp_path, "--language", "en", "--seed", "2", KETENREIS_DATA=str(shared_data))
    suggested = is_told(answer, tmp_path, "en")
    assert len(suggested) == 3
    for words in suggested:
        assert ketenreis(*words).status in (0, 1)
    (drawn,) = write_raw("belmij", tmp_path / "apart", 200, 2)
    assert (tmp_path / "belmij" / "raw" / drawn.name).read_bytes() == drawn.read_bytes()
    assert "1,434" in answer.out
    assert (tmp_path / "told" / "report-permit.html").is_file()


@pytest.mark.parametrize(
    ("option", "said", "named"),
    [("--cases", "0", "--cases"), ("--data", "nowhere", "nowhere"), ("--cases", "many", "many")],
)
def test_a_demo_that_cannot_be_is_refused(ketenreis, tmp_path, option, said, named):
    answer = ketenreis("demo", "--no-browser", "--folder", tmp_path, option, said)
    assert answer.status == 2
    assert named in answer.err
