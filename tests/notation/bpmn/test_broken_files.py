"""Files that are broken, hostile or of another tool: a finding with its place and what to do, never a traceback."""

import random

import pytest

from ketenreis.findings import in_words
from ketenreis.model import Element, Model, arranged
from ketenreis.notation import read_texts
from ketenreis.notation.bpmn import laid_out, read_bpmn, write_bpmn
from ketenreis.notation.imported import joined
from ketenreis.notation.writing import write

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SMALL = f"""{HEAD}<b:definitions xmlns:b="{SPACE}">
  <b:process id="P" name="Order">
    <b:startEvent id="S"/>
    <b:task id="A" name="Boeken"/>
    <b:sequenceFlow id="F" sourceRef="S" targetRef="A"/>
  </b:process>
</b:definitions>
"""


def found(text) -> list[tuple[str, int]]:
    data = text if isinstance(text, bytes) else text.encode()
    findings = read_bpmn(data, "x.bpmn").findings
    for finding in findings:
        for language in ("nl", "en"):
            said = in_words(finding, language)
            assert "{" not in said.message + said.next
    return [(finding.id, finding.place.line) for finding in findings]


def test_text_that_is_no_xml_is_told_with_its_line():
    assert found(SMALL.replace("</b:process>", "")) == [("xml_unreadable", 8)]
    assert found("activiteit\trol\n") == [("xml_unreadable", 1)]
    assert found(b"") == [("xml_unreadable", 1)]


def test_another_language_of_xml_is_told():
    assert found("<Package><WorkflowProcess/></Package>") == [("bpmn_not_bpmn", 1)]


def test_a_file_without_a_process_is_told():
    assert found("<definitions><collaboration/></definitions>") == [("bpmn_without_process", 1)]


def test_entities_are_refused_before_they_grow():
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><d>&b;</d>'
    assert found(bomb) == [("xml_entities_refused", 1)]


def test_a_text_nested_without_end_is_refused():
    assert found("<a>" * 5_000)[0][0] == "xml_unreadable"


def test_an_unknown_encoding_and_bytes_that_do_not_fit_it_are_told():
    assert found(b'<?xml version="1.0" encoding="nope-1"?><definitions/>') == [("xml_encoding", 1)]
    assert found(b'<?xml version="1.0" encoding="UTF-8"?>\n<definitions name="\xe9"/>') == [
        ("xml_encoding", 2)
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252", "shift_jis"]
)
def test_a_file_in_any_encoding_is_read_and_written_in_its_own(encoding):
    name = "boek" if encoding == "shift_jis" else "Geïnd"
    text = SMALL.replace("UTF-8", encoding.removesuffix("-sig")).replace("Boeken", name)
    data = text.encode(encoding)
    imported = read_bpmn(data, "x.bpmn")
    assert imported.model["order/A"].name == name
    model = joined(Model.of(()), imported).model
    renamed = Model.of(
        (
            type(e)(e.id, e.kind, e.parent, {**e.fields, "name": "Café €"}) if e.id == "order/A" else e
            for e in model
        ),
        model.edges,
    )
    out = write_bpmn(renamed, "order", laid_out(data)).data
    assert read_bpmn(out, "x.bpmn").model["order/A"].name == "Café €"
    out.decode(encoding)


@pytest.mark.parametrize(
    "space", [SPACE, "http://schema.omg.org/spec/BPMN/2.0", "http://www.omg.org/spec/BPMN/2.0", ""]
)
def test_any_namespace_and_prefix_reads_alike(space):
    text = (
        SMALL.replace(SPACE, space) if space else SMALL.replace("b:", "").replace(f' xmlns:b="{SPACE}"', "")
    )
    assert [e.id for e in read_bpmn(text.encode(), "x.bpmn").model] == ["order", "order/S", "order/A"]


def test_an_arrow_to_nowhere_is_told_and_the_rest_is_read():
    text = SMALL.replace('targetRef="A"', 'targetRef="Z"')
    assert found(text) == [("bpmn_reference_unknown", 6)]
    assert "order/A" in read_bpmn(text.encode(), "x.bpmn").model


def test_missing_and_double_ids_are_told():
    assert ("bpmn_without_id", 5) in found(SMALL.replace(' id="A"', ""))
    assert ("bpmn_id_twice", 5) in found(SMALL.replace('id="A"', 'id="S"'))


def test_ids_that_no_model_may_have_are_written_otherwise_and_found_again():
    text = SMALL.replace('"A"', '"{A 1}"')
    imported = read_bpmn(text.encode(), "x.bpmn")
    assert "order/_x007B_A_x0020_1_x007D_" in imported.model
    model = joined(Model.of(()), imported).model
    assert joined(model, imported).model == model


def test_a_reference_with_a_prefix_is_the_same_reference():
    text = SMALL.replace('sourceRef="S"', 'sourceRef="tns:S"')
    assert [edge.source for edge in read_bpmn(text.encode(), "x.bpmn").model.edges] == ["order/S"]


def test_files_cut_off_or_damaged_anywhere_never_raise(shared_data):
    seeded = random.Random(7)
    data = (shared_data / "bpmn" / "miwg" / "Reference" / "A.4.0.bpmn").read_bytes()
    for _ in range(150):
        cut = bytearray(data[: seeded.randrange(len(data))] if seeded.random() < 0.5 else data)
        for _ in range(seeded.randrange(4)):
            if cut:
                cut[seeded.randrange(len(cut))] = seeded.randrange(256)
        imported = read_bpmn(bytes(cut), "x.bpmn")
        assert imported.processes or imported.findings
        laid_out(bytes(cut))
        if imported.processes:
            model = joined(Model.of(()), imported).model
            write_bpmn(model, next(iter(model.of_kind("process"))).id, bytes(cut))


@pytest.mark.parametrize("known", ["", f'id="{"x" * 500}"'])
def test_a_pool_and_a_lane_without_an_id_to_keep_still_give_a_model_that_can_be_written(known):
    data = (
        f'<definitions><collaboration><participant {known} name="Gemeente" processRef="p"/></collaboration><process id="p" name="Hulp">'
        f'<laneSet><lane {known} name="Balie"><flowNodeRef>a</flowNodeRef></lane></laneSet><task id="a" name="A"/></process></definitions>'
    )
    model = joined(Model.of([Element("o", "organisation")]), read_bpmn(data.encode(), "p.bpmn")).model
    assert [role.name for role in model.targets("hulp/a", "performed_by")] == ["Balie"]
    assert read_texts(write(model)).model == arranged(model)
