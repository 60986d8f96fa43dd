"""`ketenreis render` writes the blueprint of what was named, as the kind of file that was named."""

import pytest

KINDS = {"html": b"<!doctype html>", "svg": b"<?xml", "xlsx": b"PK"}


@pytest.mark.parametrize("ending", KINDS)
def test_render_writes_the_only_journey_there_is(ketenreis, belmij, tmp_path, ending):
    file = tmp_path / "new" / f"blueprint.{ending}"
    answer = ketenreis("render", belmij.model, file)
    assert (answer.status, answer.out) == (0, "")
    assert file.read_bytes().startswith(KINDS[ending])
    assert f"De blauwdruk van Telefoon bestellen staat in {file}." in answer.err


@pytest.mark.parametrize(("ending", "library"), [("pdf", "reportlab"), ("png", "resvg_py"), ("pptx", "pptx")])
def test_render_writes_what_optional_libraries_make(ketenreis, belmij, tmp_path, ending, library):
    pytest.importorskip(library, reason=f"{library} is not installed")
    file = tmp_path / f"x.{ending}"
    assert ketenreis("render", belmij.model, file).status == 0
    assert file.read_bytes()[:4] in (b"%PDF", b"\x89PNG", b"PK\x03\x04")


def test_render_measures_when_it_gets_events_and_lights_a_thread(ketenreis, belmij, tmp_path):
    file = tmp_path / "x.svg"
    answer = ketenreis(
        "render", belmij.model, file, "--events", belmij.store, "--thread", "bevestiging-op-tijd", "--language", "en"
    )  # fmt: skip
    assert answer.status == 0
    text = file.read_text(encoding="utf-8")
    assert 'class="lit"' in text
    assert "requirements met" in text
    assert "n\u00a0=\u00a0" in text


def test_render_takes_a_chain_or_a_process(ketenreis, belmij, tmp_path):
    assert ketenreis("render", belmij.model, tmp_path / "c.svg", "--chain", "telefoon-leveren").status == 0
    assert ketenreis("render", belmij.model, tmp_path / "p.svg", "--process", "order-verwerken").status == 0
    assert "Order aannemen" in (tmp_path / "p.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("x.docx",), "html, svg, png, pdf, pptx, xlsx"),
        (("x.svg", "--journey", "telefoon-leveren"), "telefoon-leveren"),
        (("x.svg", "--chain", "telefoon-leveren", "--process", "verkoop"), "telefoon-bestellen"),
        (("x.svg", "--journey", "telefoon-bestelen"), "telefoon-bestellen"),
        (("x.svg", "--thread", "nergens"), "nergens"),
    ],
)
def test_render_refuses_with_what_there_is_and_writes_nothing(ketenreis, belmij, tmp_path, words, said):
    file, *rest = words
    answer = ketenreis("render", belmij.model, tmp_path / file, *rest)
    assert answer.status == 2
    assert said in answer.err
    assert not list(tmp_path.iterdir())


def test_render_marks_what_changed_since_it_was_confirmed(ketenreis, belmij, tmp_path):
    import shutil

    folder = tmp_path / "model"
    shutil.copytree(belmij.model, folder)
    assert ketenreis("confirm", folder, "--all").status == 0
    file = folder / "requirements.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("limit: 1 minute", "limit: 2 minutes"), encoding="utf-8"
    )
    assert ketenreis("render", folder, tmp_path / "x.html").status == 0
    assert "te controleren" in (tmp_path / "x.html").read_text(encoding="utf-8")
