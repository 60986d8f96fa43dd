"""A large file is looked at in a process of its own, which says the same and can be stopped."""

import time
from threading import Thread

import pytest

from ketenreis.errors import MappingError, UnreadableFileError
from ketenreis.events.looking import LARGE, Looking, proposal

ROWS = 40_000


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    file = tmp_path_factory.mktemp("look") / "meldingen.csv"
    lines = (f"m{n // 2};{('Melding', 'Bezoek')[n % 2]};2026-03-0{1 + n % 7}T09:00:00\n" for n in range(ROWS))
    file.write_text("melding;handeling;tijd\n" + "".join(lines), encoding="utf-8")
    assert file.stat().st_size > LARGE
    return file


def test_a_large_file_says_the_same_apart(large):
    apart = Looking(large).proposal("object: melding", "Europe/Amsterdam")
    assert apart == proposal(large, "object: melding", "Europe/Amsterdam")
    assert apart.mapping.object == "melding"


def test_a_refusal_comes_back_as_it_was_said(large, tmp_path):
    file = tmp_path / "brief.csv"
    file.write_text("beste;klant\n" + "hallo;daar\n" * 120_000, encoding="utf-8")
    with pytest.raises(MappingError) as here:
        proposal(file)
    with pytest.raises(MappingError) as apart:
        Looking(file).proposal()
    assert str(apart.value) == str(here.value)


def test_a_look_that_nobody_wants_any_more_ends_at_once(large):
    looking, raised = Looking(large), []

    def look():
        try:
            looking.proposal()
        except UnreadableFileError as stopped:
            raised.append(str(stopped))

    thread = Thread(target=look)
    thread.start()
    while looking._process is None:
        time.sleep(0.005)
    looking.stop()
    thread.join(10)
    assert looking._process.returncode != 0  # the work itself ended, not only the waiting for it
    assert raised == ["Looking at meldingen.csv was stopped before it was done."]
    with pytest.raises(UnreadableFileError):
        looking.proposal()  # nor does it begin any more
