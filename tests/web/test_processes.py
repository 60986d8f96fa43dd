"""A process is an outline that can do all its drawing can; tables, files and drawings come in looked at first; without a browser."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.chain_text import beside

TABLE = "Taak\tWie\tSysteem\tResultaat\tMinuten\nBellen\tTelefonist\tTelefoon\tAfspraak\t5\nLangsgaan\tHovenier\t\t\teen poos\n"
BPMN = b"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x">
  <bpmn:process id="Process_1" name="Kap">
    <bpmn:startEvent id="Start_1" name="Vergunning"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:task id="Task_1" name="Kappen"><bpmn:incoming>f1</bpmn:incoming></bpmn:task>
    <bpmn:sequenceFlow id="f1" sourceRef="Start_1" targetRef="Task_1" />
    <bpmn:textAnnotation id="Note_1"><bpmn:text>Alleen bij droog weer</bpmn:text></bpmn:textAnnotation>
  </bpmn:process>
</bpmn:definitions>
"""


@pytest.fixture
def workspace(workspace):
    return beside(workspace)


def model_of(workspace):
    from ketenreis.web.changes import keeping

    return keeping.now(workspace).model


def act(client, workspace, element, **posted):
    return client.post(f"/{workspace.id}/e/{element}/", posted)


def page(client, workspace, path, **posted):
    ask = client.post if posted else client.get
    answer = ask(f"/{workspace.id}/{path}", posted or None)
    assert answer.status_code == 200
    return answer.content.decode()


def hidden(said):
    """What the form that accepts would send."""
    form = re.search(r'<form[^>]*class="actions accept">(.*?)</form>', said, re.DOTALL)[1]
    posted = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
    text = re.search(r'<textarea name="text"[^>]*>(.*?)</textarea>', form, re.DOTALL)
    return {**posted, **({"text": text[1]} if text else {})}


def upload(data, name="kap.bpmn"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, data)


def accepted(client, workspace, path, **posted):
    said = page(client, workspace, path, do="look", **posted)
    answer = client.post(f"/{workspace.id}/{path}", hidden(said))
    assert answer.status_code == 302
    return said


def test_an_outline_puts_a_gateway_after_what_leads_to_it(workspace):
    from ketenreis.web.processes.outline import outline

    nodes = outline(model_of(workspace), "aannemen")
    assert [node.element.id for node in nodes] == ["noteren", "compleet", "doorzetten", "navragen"]
    first, gateway, second, _ = nodes
    assert [role.id for role in first.roles] == ["telefonist"]
    assert [system.id for system in first.systems] == ["zaaksysteem"]
    assert [asked.id for asked in first.asked] == ["kijken-binnen-een-week"]
    assert [output.id for output in second.takes] == ["melding-klaar"]
    assert [(way.target.id, way.condition) for way in gateway.ways] == [
        ("doorzetten", "ja"),
        ("navragen", "nee"),
    ]


def test_a_process_page_says_for_whom_work_is_done(client, workspace):
    said = page(client, workspace, "processes/aannemen/")
    assert "Kijken binnen een week" in said
    assert "waarom doen we dit?" in said
    assert "voor ons" in page(client, workspace, "processes/snoeien/")
    assert "Melding aannemen" in page(client, workspace, "processes/")


def test_an_activity_is_added_with_all_of_its_line_as_one_change(client, workspace):
    from ketenreis.web.changes.models import Change

    model_of(workspace)
    before = Change.objects.filter(workspace=workspace.id).count()
    line = {
        "do": "add", "kind": "activity", "title": "Terugbellen", "to.performed_by": "telefonist", "to.uses": "zaaksysteem",
        "with.output": "Bewoner weet het", "f.minutes": "2.5", "f.stage": "onstage",
    }  # fmt: skip
    assert act(client, workspace, "aannemen", **line).status_code == 302
    model = model_of(workspace)
    assert str(model["terugbellen"].get("minutes")) == "2.5"
    assert [role.id for role in model.targets("terugbellen", "performed_by")] == ["telefonist"]
    assert [output.name for output in model.children("terugbellen", "output")] == ["Bewoner weet het"]
    assert Change.objects.filter(workspace=workspace.id).count() == before + 1


def test_work_goes_into_a_sub_process_and_out_again(client, workspace):
    act(client, workspace, "aannemen", do="add", kind="process", title="Uitzoeken")
    act(client, workspace, "navragen", do="move", to="uitzoeken")
    assert model_of(workspace)["navragen"].parent == "uitzoeken"
    said = page(client, workspace, "processes/uitzoeken/")
    assert 'id="navragen"' in said
    act(client, workspace, "navragen", do="move", to="aannemen")
    assert model_of(workspace)["navragen"].parent == "aannemen"


def test_a_way_gets_and_loses_its_condition(client, workspace):
    act(
        client,
        workspace,
        "doorzetten",
        **{"do": "relate", "relation": "then", "target": "navragen", "r.condition": "te laat"},
    )
    (edge,) = model_of(workspace).out("doorzetten", "then")
    assert edge.fields["condition"] == "te laat"
    assert "als te laat" in page(client, workspace, "processes/aannemen/")
    act(client, workspace, "doorzetten", do="unrelate", relation="then", target="navragen")
    assert model_of(workspace).out("doorzetten", "then") == ()


def with_hundreds(workspace):
    """A process of 311 lines: work in three pages, with a sub-process at the end."""
    from ketenreis.model import Element
    from ketenreis.model.edits import LAST, Insert
    from ketenreis.web.changes import keeping

    work = [Element(f"w{n}", "activity", "snoeien", {"name": f"Werk {n:03}"}) for n in range(310)]
    more = [
        Element("apart", "process", "snoeien", {"name": "Apart"}),
        Element("los", "activity", "apart", {"name": "Los"}),
    ]
    keeping.commit(workspace, [Insert(one, LAST) for one in (*work, *more)])


def shown(said):
    return re.findall(r'<li class="line [^>]*id="([^"]+)"', said)


def test_a_process_of_hundreds_of_lines_comes_by_pages_of_which_any_line_is_found(client, workspace):
    with_hundreds(workspace)
    first, middle, last = (
        page(client, workspace, f"processes/snoeien/?{asked}") for asked in ("", "at=w200", "page=last")
    )
    work = [one.id for one in model_of(workspace).children("snoeien", "activity")]
    assert [*shown(first), *shown(middle), *shown(last)] == [*work, "apart"]
    assert "w200" in shown(middle)
    assert "Pagina 2 van 3" in middle
    assert "1 regel, op een eigen pagina" in last
    assert "Los" not in last
    assert shown(page(client, workspace, "processes/snoeien/?order=w200")) == shown(middle)
    found = page(client, workspace, "processes/snoeien/?q=Werk+299")
    assert shown(found) == ["w299"]
    assert "data-move>" not in found
    assert "Niets past bij dit filter" in page(client, workspace, "processes/snoeien/?q=nergens")
    assert client.get(f"/{workspace.id}/processes/snoeien/?as=csv").content.count(b"Werk ") == 310


def test_a_line_that_goes_past_the_edge_of_its_page_is_followed_there(client, workspace):
    with_hundreds(workspace)
    first = page(client, workspace, "processes/snoeien/")
    edge, over = shown(first)[-1], f"w{int(shown(first)[-1][1:]) + 1}"
    assert f'data-next-process="apart" data-next-activity="{over}"' in first
    back = re.search(rf'name="back" value="([^"]+#{edge})"', first)[1]
    assert back == f"/{workspace.id}/processes/snoeien/?at={edge}#{edge}"
    assert act(client, workspace, edge, do="move", by="later", back=back)["Location"] == back
    after = page(client, workspace, f"processes/snoeien/?at={edge}")
    assert shown(after)[0] == edge
    add = re.search(r'name="back" value="([^"]+page=last)"', after)[1]
    act(client, workspace, "snoeien", do="add", kind="activity", title="Als laatste", back=add)
    assert "als-laatste" in shown(page(client, workspace, "processes/snoeien/?page=last"))


def test_lines_are_joined_in_their_order_where_nothing_said_what_is_next(client, workspace):
    for title in ("Slijpen", "Opruimen"):
        act(client, workspace, "snoeien", do="add", kind="activity", title=title)
    assert client.post(f"/{workspace.id}/processes/snoeien/in-order").status_code == 302
    model = model_of(workspace)
    assert [
        edge.target
        for edge in model.edges
        if edge.relation == "then" and model[edge.source].parent == "snoeien"
    ] == ["slijpen", "opruimen"]


def test_a_pasted_table_is_looked_at_first_and_accepted_as_one_change(client, workspace):
    from ketenreis.web.changes.models import Change

    before = model_of(workspace)
    said = page(client, workspace, "bring/process/", do="look", name="Bezoek", text=TABLE)
    assert model_of(workspace) == before
    assert "Bellen" in said
    assert "Regel 3" in said  # how long "een poos" lasts is not understood
    assert (
        client.post(f"/{workspace.id}/bring/process/", hidden(said)).headers["Location"]
        == f"/{workspace.id}/processes/bezoek/"
    )
    model = model_of(workspace)
    assert [one.name for one in model.children("bezoek", "activity")] == ["Bellen", "Langsgaan"]
    assert [role.id for role in model.targets("langsgaan", "performed_by")] == [
        "hovenier"
    ]  # the one that was there
    newest = Change.objects.filter(workspace=workspace.id).latest("id")
    assert newest.origin == "paste"
    client.post(f"/{workspace.id}/history/{newest.pk}/undo")
    assert model_of(workspace) == before


def test_pasting_the_same_again_brings_nothing_new(client, workspace):
    accepted(client, workspace, "bring/process/", name="Bezoek", text=TABLE)
    said = page(client, workspace, "bring/process/bezoek/", do="look", text=TABLE)
    assert "Dit brengt niets nieuws" in said
    assert 'class="actions accept"' not in said


def test_a_paste_adds_to_a_process_and_takes_nothing_away(client, workspace):
    accepted(client, workspace, "bring/process/", file=upload(BPMN))
    accepted(client, workspace, "bring/process/kap/", text="Activiteit\tRol\nOpruimen\tHovenier\n")
    model = model_of(workspace)
    assert {one.name for one in model.children("kap", "activity")} == {"Kappen", "Opruimen"}
    assert model["kap"].get("bpmn")


def test_steps_are_pasted_into_a_journey_beside_what_is_there(client, workspace):
    steps = "Fase\tStap\tKlantvraag\tBeleving\nMelden\tBoom zien\tMag dat?\t-1\nMelden\tFoto maken\t\t\nKlaar\tBoom weg\t\tblij\n"
    said = accepted(client, workspace, "bring/journey/boom-melden/", text=steps)
    assert "Regel 4" in said
    model = model_of(workspace)
    assert [phase.name for phase in model.children("boom-melden", "phase")] == ["Melden", "Wachten", "Klaar"]
    assert [step.name for step in model.children("melden", "step")] == [
        "Boom zien",
        "Gemeente bellen",
        "Foto maken",
    ]
    assert model["zien"].get("action") == "Ziet een scheve boom"
    assert [one.name for one in model.children("zien", "question")] == ["Mag dat?"]
    assert [one["score"] for one in model["zien"].get("feelings")] == [-1]


def test_a_new_journey_is_pasted(client, workspace):
    accepted(
        client, workspace, "bring/journey/", name="Lamp melden", text="Stap\tWens\nLamp zien\tIk wil licht\n"
    )
    model = model_of(workspace)
    assert [one.name for one in model.within("lamp-melden", "wish")] == ["Ik wil licht"]


def test_a_file_is_kept_and_written_back_as_it_was(client, workspace):
    said = accepted(client, workspace, "bring/process/", file=upload(BPMN))
    assert "Alleen bij droog weer" in said
    model = model_of(workspace)
    assert [one.kind for one in model.children("kap", "activity", "event")] == ["activity", "event"]
    path = model["kap"].get("bpmn").partition("#")[0]
    assert (workspace.files / path).read_bytes() == BPMN
    answer = client.get(f"/{workspace.id}/processes/kap/file.bpmn")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Kap.bpmn"'
    out = answer.content
    assert out.startswith(BPMN.split(b"</bpmn:definitions>")[0].rstrip())  # a picture was added, nothing else
    assert b"BPMNShape" in out
    act(client, workspace, "kap/Task_1", do="save", **{"f.name": "Vellen"})
    changed = client.get(f"/{workspace.id}/processes/kap/file.bpmn").content
    assert changed == out.replace(b'name="Kappen"', b'name="Vellen"')


def test_what_bpmn_has_no_place_for_is_told_before_the_file_is_given(client, workspace):
    accepted(client, workspace, "bring/process/", file=upload(BPMN))
    answer = client.get(f"/{workspace.id}/processes/kap/download")
    assert answer.headers["Location"] == f"/{workspace.id}/processes/kap/file.bpmn"  # nothing is left out
    act(client, workspace, "kap/Task_1", do="save", **{"f.minutes": "20"})
    said = page(client, workspace, "processes/kap/download")
    assert "“minuten” staat bij 1 onderdeel van dit proces en niet in het bestand." in said
    assert f'href="/{workspace.id}/e/kap/Task_1/"' in said
    assert f'href="/{workspace.id}/processes/kap/file.bpmn"' in said


def test_an_earlier_moment_finds_its_own_file(client, workspace):
    from ketenreis.web.changes.models import Change

    accepted(client, workspace, "bring/process/", file=upload(BPMN))
    first = client.get(f"/{workspace.id}/processes/kap/file.bpmn").content
    accepted(client, workspace, "bring/process/kap/", file=upload(BPMN.replace(b"Kappen", b"Omzagen")))
    assert model_of(workspace)["kap/Task_1"].name == "Omzagen"
    newest = Change.objects.filter(workspace=workspace.id).latest("id")
    assert newest.origin == "import"
    client.post(f"/{workspace.id}/history/{newest.pk}/undo")
    assert client.get(f"/{workspace.id}/processes/kap/file.bpmn").content == first


def test_a_file_with_the_ids_of_another_is_said_to_be_newer_and_may_be_read_apart(client, workspace):
    accepted(client, workspace, "bring/process/", file=upload(BPMN))
    other = BPMN.replace(b'id="Task_1" name="Kappen"', b'id="Task_2" name="Omzagen"').replace(
        b"Task_1", b"Task_2"
    )
    said = page(client, workspace, "bring/process/", do="look", file=upload(other, "anders.bpmn"))
    assert "Volgens de kenmerken in dit bestand is het een nieuwere versie van" in said
    assert "Kappen" in said  # what goes is called by its name
    assert "kap/Task_1" not in said
    apart = {**hidden(said), "do": "look", "apart": "1"}
    assert "nieuwere versie van" not in page(client, workspace, "bring/process/", **apart)
    client.post(f"/{workspace.id}/bring/process/", {**apart, "do": "accept"})
    model = model_of(workspace)
    assert [one.name for one in model.of_kind("activity") if one.name in ("Kappen", "Omzagen")] == [
        "Kappen",
        "Omzagen",
    ]


def test_every_process_has_a_picture(client, workspace):
    for process in ("aannemen", "snoeien", "bomen"):
        answer = client.get(f"/{workspace.id}/processes/{process}/picture.svg")
        assert answer.headers["Content-Type"].startswith("image/svg+xml")
        assert b"<svg" in answer.content
    assert b"Melding noteren" not in answer.content
    assert b"Inspectie" in answer.content


def drawn(client, workspace, process, change, seen=None):
    from ketenreis.web.changes import keeping

    xml = client.get(f"/{workspace.id}/processes/{process}/file.bpmn").content.decode()
    seen = keeping.now(workspace).change if seen is None else seen
    return client.post(f"/{workspace.id}/processes/{process}/diagram", {"xml": change(xml), "seen": seen})


def without(xml, *ids):
    """A drawing without these elements, and what draws them."""
    root = ET.fromstring(xml)
    for above in list(root.iter()):
        for below in list(above):
            named = {
                below.get("id"),
                below.get("bpmnElement"),
                below.get("sourceRef"),
                below.get("targetRef"),
            }
            if named & set(ids) or (below.text or "") in ids:
                above.remove(below)
    return ET.tostring(root, encoding="unicode")


def test_what_is_drawn_becomes_edits_and_nothing_else_changes(client, workspace):
    before = model_of(workspace)
    answer = drawn(
        client, workspace, "aannemen", lambda xml: xml.replace("Melding noteren", "Melding opschrijven")
    )
    assert answer.status_code == 200
    after = model_of(workspace)
    assert after["noteren"].name == "Melding opschrijven"
    assert {one.id for one in after} == {one.id for one in before}
    assert {(e.relation, e.source, e.target) for e in after.edges} == {
        (e.relation, e.source, e.target) for e in before.edges
    }
    assert after["noteren"].get("minutes") == before["noteren"].get("minutes")


def test_drawing_nothing_changes_nothing_but_where_the_file_is_kept(client, workspace):
    from ketenreis.model.diff import diff

    before = model_of(workspace)
    assert (
        drawn(client, workspace, "aannemen", str).json()["said"]
        == "Bewaard. In het overzicht veranderde niets."
    )
    assert {(type(edit).__name__, edit.id, edit.field) for edit in diff(before, model_of(workspace))} <= {
        ("Update", "aannemen", "bpmn"),
        ("Update", "aannemen", "lanes"),
    }


def test_a_box_that_moved_disturbs_nobody_and_an_activity_that_came_does(client, workspace):
    from ketenreis.web.changes.suspect import suspects_of

    def asked():
        return {one.named for one in suspects_of(workspace)}

    link = "schakel-melden:realised_by:aannemen"
    client.post(f"/{workspace.id}/suspects/do", {"confirm": "realised_by:schakel-melden:aannemen"})
    drawn(client, workspace, "aannemen", str)
    drawn(client, workspace, "aannemen", lambda xml: xml.replace('x="', 'x="1'))
    assert model_of(workspace)["aannemen"].get("bpmn")
    assert asked() == set()
    drawn(client, workspace, "aannemen", lambda xml: xml.replace("Melding noteren", "Melding opschrijven"))
    assert link in asked()
    page = re.sub("<[^>]*>", " ", client.get(f"/{workspace.id}/suspects/").content.decode())
    assert re.search(r"activiteit\s+Melding noteren\s+Melding opschrijven", page), (
        "what is new in the drawing"
    )


def test_what_is_erased_from_a_drawing_is_gone(client, workspace):
    answer = drawn(client, workspace, "aannemen", lambda xml: without(xml, "navragen"))
    assert answer.status_code == 200
    model = model_of(workspace)
    assert "navragen" not in model
    assert "doorzetten" in model
    assert [edge.target for edge in model.out("compleet", "then")] == ["doorzetten"]
    assert [edge.target for edge in model.out("melding-klaar", "serves")] == ["kijken-binnen-een-week"]


def test_drawing_over_what_somebody_else_changed_is_refused(client, workspace):
    from ketenreis.web.changes import keeping

    seen = keeping.now(workspace).change
    xml = client.get(f"/{workspace.id}/processes/aannemen/file.bpmn").content.decode()
    act(client, workspace, "noteren", do="save", **{"f.name": "Melding vastleggen"})
    posted = {"xml": xml.replace("Melding noteren", "Melding opschrijven"), "seen": seen}
    answer = client.post(f"/{workspace.id}/processes/aannemen/diagram", posted)
    assert answer.status_code == 409
    assert model_of(workspace)["noteren"].name == "Melding vastleggen"


@pytest.mark.parametrize("xml", ["", "geen tekening", "<definitions/>", "<a>" * 500])
def test_a_drawing_that_cannot_be_read_changes_nothing(client, workspace, xml):
    before = model_of(workspace)
    answer = client.post(f"/{workspace.id}/processes/aannemen/diagram", {"xml": xml, "seen": ""})
    assert answer.status_code == 422
    assert model_of(workspace) == before


def test_a_file_that_cannot_be_read_says_why(client, workspace):
    for data, name in ((BPMN, "kap.docx"), (b"onzin", "kap.bpmn"), (b"onzin", "kap.vsdx"), (b"", "kap.bpmn")):
        answer = client.post(f"/{workspace.id}/bring/process/", {"do": "look", "file": upload(data, name)})
        assert answer.status_code in (200, 422)
        assert 'class="actions accept"' not in answer.content.decode()
    answer = client.post(f"/{workspace.id}/bring/process/", {"do": "look", "text": " ", "name": "x"})
    assert answer.status_code == 422


@pytest.mark.parametrize("mark", ["../../keys/web", "a" * 64, "%00", "/etc/passwd"])
def test_only_what_was_put_aside_is_taken_up(client, workspace, mark):
    before = model_of(workspace)
    answer = client.post(f"/{workspace.id}/bring/process/", {"do": "accept", "mark": mark, "named": "x.bpmn"})
    assert answer.status_code == 422
    assert model_of(workspace) == before


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_no_pasted_text_makes_a_page_fail(client, folder, text):
    for path in ("bring/process/", "bring/journey/boom-melden/"):
        answer = client.post(f"/bos/{path}", {"do": "look", "name": "x", "text": text})
        assert answer.status_code in (200, 422)


SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def test_no_text_of_a_process_or_a_table_becomes_markup(client, workspace):
    act(client, workspace, "noteren", do="save", **{"f.name": SCRIPT, "f.note": SCRIPT})
    act(client, workspace, "aannemen", do="save", **{"f.name": SCRIPT, "f.note": SCRIPT})
    act(
        client,
        workspace,
        "doorzetten",
        **{"do": "relate", "relation": "then", "target": "navragen", "r.condition": SCRIPT},
    )
    said = [
        page(client, workspace, path)
        for path in ("processes/", "processes/aannemen/", "processes/aannemen/diagram")
    ]
    said.append(
        page(
            client,
            workspace,
            "bring/process/",
            do="look",
            name=SCRIPT,
            text=f"Taak\tWie\n{SCRIPT}\t{SCRIPT}\n",
        )
    )
    said.append(client.get(f"/{workspace.id}/processes/aannemen/picture.svg").content.decode())
    for one in said:
        assert "<img src=x" not in one
        assert "<script>alert" not in one


def test_every_reference_model_comes_in_and_goes_out(client, workspace, shared_data):
    models = sorted((shared_data / "bpmn" / "miwg").rglob("*.bpmn"))
    assert len(models) == 21
    read = []
    for number, file in enumerate(models):
        read.append(data := file.read_bytes())
        # Two of them hold the processes of another, by their ids; here each is a process of its own.
        accepted(client, workspace, "bring/process/", file=upload(data, f"m{number}.bpmn"), apart="1")
    model = model_of(workspace)
    for process in model.of_kind("process"):
        if model.parent(process.id, "process") is None and process.get("bpmn"):
            there = f"/{workspace.id}/processes/{process.id}"
            for part in ("", "picture.svg", "file.bpmn"):
                answer = client.get(f"{there}/{part}")
                assert answer.status_code == 200
            assert answer.content in read  # to the last byte, although all stand in one workspace


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "processes/",
        "processes/aannemen/",
        "processes/aannemen/diagram",
        "bring/process/",
        "bring/journey/boom-melden/",
    ],
)
def test_pages_speak_both_languages_without_inline_code(client, workspace, path, language):
    client.cookies["language"] = language
    said = page(client, workspace, path)
    assert f'<html lang="{language}">' in said
    assert not re.search(r"<script(?![^>]*src=)|\sstyle=|\son\w+=", said)


def test_a_process_that_is_not_there_says_so(client, workspace):
    for path in (
        "processes/nergens/",
        "processes/bomen-veilig/",
        "processes/nergens/file.bpmn",
        "bring/process/boom-melden/",
        "bring/journey/aannemen/",
    ):
        assert client.get(f"/{workspace.id}/{path}").status_code == 404
