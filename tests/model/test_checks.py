"""Where each check draws its line: cases beside the fixtures in tests/findings."""

import pytest

from ketenreis.findings import Finding
from ketenreis.model import Element, Model
from ketenreis.model.checks import CHECKS, run
from ketenreis.notation.text import read_text

BEGUN = """
organisation: {id: belmij, name: Belmij, language: nl}
journeys:
- id: bestellen
  name: Telefoon bestellen
  phases:
  - id: kopen
    name: Kopen
    steps:
    - id: kiezen
      name: Kiezen
      questions: [{id: welke, text: Welke past bij mij?}]
      touchpoints: [{id: winkel, name: Bezoek aan de winkel}]
    - id: betalen
      name: Betalen
      wishes: [{id: weten, text: Ik wil weten dat het gelukt is}]
      touchpoints: [{id: mail, name: Bevestigingsmail}]
      feelings: [{score: 1, basis: assumed}]
"""


def found(check: str, text: str) -> list[Finding]:
    """What one check finds in a text that reads without errors."""
    reading = read_text(text)
    assert reading.is_sound, [(finding.id, dict(finding.parameters)) for finding in reading.findings]
    return list(CHECKS[check].function(reading.model))


def about(check: str, text: str) -> list[str]:
    """Where to go, for each finding of one check."""
    return [finding.elements[0] for finding in found(check, text)]


def said(check: str, text: str, parameter: str) -> list[str | int]:
    """What each finding of one check says about a parameter."""
    return [finding.parameters[parameter] for finding in found(check, text)]


def steps(*rows: str) -> str:
    return "journeys:\n- id: reis\n  name: Reis\n  steps:\n" + "".join(f"  - {row}\n" for row in rows)


def activities(*rows: str) -> str:
    return "processes:\n- id: proces\n  name: Proces\n  activities:\n" + "".join(
        f"  - {row}\n" for row in rows
    )


def handover(fields: str) -> str:
    return (
        "chains:\n- id: keten\n  name: Keten\n  chain_links: [{id: een}, {id: twee}]\n"
        f"  handovers: [{{id: overdracht, from: een, to: twee, {fields}}}]\n"
    )


CTQ = "ctqs: [{id: eis, name: Eis}]\n"
ROLE = "departments: [{id: afdeling, name: Afdeling, roles: [{id: rol, name: Rol}]}]\n"


class TestSmallFirst:
    def test_nothing_is_said_about_an_empty_model(self):
        assert run(Model.of([])) == []

    def test_nothing_is_said_about_an_organisation_alone(self):
        assert run(read_text("organisation: {id: belmij, name: Belmij, language: nl}").model) == []

    def test_a_model_that_has_just_begun_gets_two_pieces_of_advice_and_nothing_worse(self):
        remarks = [(finding.level, finding.id, *finding.elements) for finding in run(read_text(BEGUN).model)]
        assert remarks == [
            ("advice", "journey_without_scope", "bestellen"),
            ("advice", "question_unanswered", "welke"),
        ]

    def test_a_question_becomes_a_warning_once_there_are_messages(self):
        text = BEGUN + "messages: [{id: nieuws, name: Nieuws}]\n"
        assert [finding.level for finding in found("question_unanswered", text)] == ["warning"]

    @pytest.mark.parametrize(
        ("check", "silent", "until"),
        [
            ("activity_not_placed", CTQ + activities("{id: werk, name: Werk, serves: [eis]}"), steps("{id: stap, name: Stap}")),
            ("activity_without_performer", activities("{id: werk, name: Werk}"), ROLE),
            ("activity_without_requirement", activities("{id: werk, name: Werk}"), CTQ),
            ("chain_link_without_process", "chains: [{id: k, name: K, chain_links: [{id: l}]}]\n", "processes: [{id: p, name: P}]\n"),
            ("ctq_without_driver", CTQ, "drivers: [{id: zekerheid, name: Zekerheid}]\n"),
            ("ctq_without_wish", CTQ, steps("{id: stap, name: Stap, wishes: [{id: wens, text: Snel}]}")),
            ("element_without_owner", steps("{id: stap, name: Stap}"), ROLE),
            ("element_without_persona", steps("{id: stap, name: Stap}"), "personas: [{id: gezin, name: Gezin}]\n"),
            ("internal_requirement_unused", "internal_requirements: [{id: avg, name: AVG, origin: law}]\n", activities("{id: werk, name: Werk}")),
            ("journey_without_chain", steps("{id: stap, name: Stap}"), "chains: [{id: k, name: K}]\n"),
            ("message_without_question_or_goal", "messages: [{id: m, name: M}]\n", "goals: [{id: doel, name: Doel}]\n"),
            ("onstage_without_backstage", activities("{id: werk, name: Werk, stage: onstage}"), "processes: [{id: p, name: P, activities: [{id: a, name: A, stage: support}]}]\n"),
            ("onstage_without_customer_action", activities("{id: werk, name: Werk, stage: onstage}"), steps("{id: stap, name: Stap}")),
            ("output_without_requirement", activities("{id: werk, name: Werk, outputs: [{id: brief, name: Brief, customer_visible: true}]}"), CTQ),
            ("persona_unused", "personas: [{id: gezin, name: Gezin}]\n", steps("{id: stap, name: Stap}")),
            ("promise_made_nowhere", "promises: [{id: b, text: snel}]\n", "messages: [{id: m, name: M}]\n"),
            ("signal_about_nothing", "signals: [{id: s, text: Stil}]\n", steps("{id: stap, name: Stap}")),
            ("touchpoint_unrealised", steps("{id: stap, name: Stap, touchpoints: [{id: mail, name: Mail}]}"), activities("{id: werk, name: Werk}")),
            ("wish_without_ctq", steps("{id: stap, name: Stap, wishes: [{id: wens, text: Snel}]}"), CTQ),
        ],
    )  # fmt: skip
    def test_a_check_keeps_silent_until_the_other_half_has_begun(self, check, silent, until):
        assert about(check, silent) == []
        one, other = read_text(silent).model, read_text(until).model
        assert list(CHECKS[check].function(Model.of([*one, *other], [*one.edges, *other.edges])))


class TestRequiredMissing:
    def test_a_norm_without_a_share_is_an_error_because_it_would_not_be_counted(self):
        (finding,) = found("required_missing", "ctqs: [{id: eis, name: Eis, norms: [{limit: 1 hour}]}]")
        assert (finding.level, finding.field, finding.parameters["missing"]) == (
            "error",
            "norms",
            "norms.share",
        )

    def test_rows_name_what_any_of_them_lacks_once(self):
        text = steps("{id: stap, name: Stap, feelings: [{score: 1}, {basis: assumed}, {score: 0}]}")
        assert said("required_missing", text, "missing") == ["feelings.score, feelings.basis"]

    def test_a_score_of_zero_is_filled_in(self):
        assert (
            about("required_missing", steps("{id: s, name: S, feelings: [{score: 0, basis: assumed}]}")) == []
        )

    def test_spaces_are_not_a_text(self):
        blank = Model.of([Element("s", "signal", None, {"text": "  "})])
        assert [f.field for f in CHECKS["required_missing"].function(blank)] == ["text"]

    def test_journeys_and_ctqs_have_words_of_their_own(self):
        assert about("required_missing", steps("{id: stap, name: Stap}") + CTQ) == []


class TestOwnersAndPersonas:
    def test_what_stands_in_an_owned_process_is_owned_with_it(self):
        text = ROLE + "processes: [{id: p, name: P, owned_by: rol, processes: [{id: deel, name: Deel}]}]"
        assert about("element_without_owner", text) == []

    def test_a_chain_without_owner_is_a_warning_and_a_process_is_advice(self):
        text = ROLE + "chains: [{id: k, name: K}]\nprocesses: [{id: p, name: P}]"
        assert [(f.elements, f.level) for f in found("element_without_owner", text)] == [
            (("k",), "warning"),
            (("p",), "advice"),
        ]

    def test_a_detail_journey_is_for_the_persona_of_its_journey(self):
        text = "personas: [{id: gezin, name: Gezin}]\njourneys: [{id: j, name: J, for: [gezin], journeys: [{id: d, name: D}]}]"
        assert about("element_without_persona", text) == []


class TestJourneys:
    def test_two_touchpoints_on_one_channel_have_only_just_begun(self):
        text = steps(
            "{id: s, name: S, touchpoints: [{id: a, name: A, channel: web}, {id: b, name: B, channel: web}]}"
        )
        assert about("journey_one_channel_only", text) == []

    def test_the_channels_of_a_detail_journey_are_its_own(self):
        three = (
            "[{id: a, name: A, channel: web}, {id: b, name: B, channel: web}, {id: c, name: C, channel: web}]"
        )
        text = (
            "journeys: [{id: j, name: J, steps: [{id: s, name: S, touchpoints: [{id: t, name: T, channel: post}]}], "
            f"journeys: [{{id: d, name: D, steps: [{{id: e, name: E, touchpoints: {three}}}]}}]}}]"
        )
        assert about("journey_one_channel_only", text) == ["d"]

    def test_a_detour_back_leaves_no_step_beside_the_path(self):
        text = steps(
            "{id: a, name: A}", "{id: b, name: B, next: [{to: a, path: detour}, c]}", "{id: c, name: C}"
        )
        assert about("step_out_of_journey", text) == []

    def test_a_step_that_only_another_journey_leads_to_is_on_a_path(self):
        text = steps("{id: a, name: A, next: [c]}", "{id: b, name: B}", "{id: c, name: C}")
        other = "- {id: andere, name: Andere, steps: [{id: x, name: X, next: [b]}]}\n"
        assert about("step_out_of_journey", text) == ["b"]
        assert about("step_out_of_journey", text + other) == []

    def test_a_life_cycle_leaves_its_chain_to_the_journeys_in_it(self):
        text = "chains: [{id: k, name: K}]\njourneys: [{id: leven, name: Leven, journeys: [{id: j, name: J, realised_by: [k]}]}]"
        assert about("journey_without_chain", text) == []

    def test_a_process_with_a_bpmn_file_is_not_empty(self):
        assert about("still_empty", "processes: [{id: p, name: P, bpmn: p.bpmn}, {id: q, name: Q}]") == ["q"]

    def test_assumptions_need_no_source_and_every_signal_does(self):
        text = steps(
            "{id: s, name: S, feelings: [{score: 1, basis: assumed}, {score: 1, basis: observed, source: enquête}]}"
        )
        assert said("observed_without_source", text, "missing") == ["date"]
        assert said("observed_without_source", "signals: [{id: s, text: Stil}]", "missing") == [
            "source, date"
        ]


class TestQuestions:
    ASKED = "{id: een, name: Een, questions: [{id: vraag, text: Wanneer?}], touchpoints: [{id: vroeg, name: Vroeg}]}"
    LATER = "{id: twee, name: Twee, touchpoints: [{id: laat, name: Laat}]}"

    @pytest.mark.parametrize(
        ("carried", "late"), [("vroeg", []), ("laat", ["vraag"]), ("vroeg, laat", []), ("elders", [])]
    )
    def test_a_question_is_late_when_every_answer_certainly_comes_later(self, carried, late):
        elsewhere = "- {id: andere, name: Andere, steps: [{id: x, name: X, touchpoints: [{id: elders, name: Elders}]}]}\n"
        message = f"messages: [{{id: m, name: M, answers: [vraag], carried_by: [{carried}]}}]\n"
        assert (
            about("question_answered_too_late", steps(self.ASKED, self.LATER) + elsewhere + message) == late
        )

    def test_an_answer_in_an_earlier_step_is_in_time(self):
        earlier = "{id: nul, name: Nul, touchpoints: [{id: eerst, name: Eerst, answers: [vraag]}]}"
        assert about("question_answered_too_late", steps(earlier, self.ASKED)) == []
        assert about("questions_answered", steps(earlier, self.ASKED)) == ["reis"]

    def test_an_answer_that_nothing_carries_is_not_called_late_but_not_carried(self):
        text = steps(self.ASKED) + "messages: [{id: m, name: M, answers: [vraag]}]\n"
        assert about("question_answered_too_late", text) == []
        assert about("questions_answered", text) == []
        assert about("message_not_carried", text) == ["m"]

    def test_the_same_sender_twice_is_repetition_and_two_senders_are_two_senders(self):
        one = "{id: a, name: A, answers: [vraag], carried_by: [vroeg], sent_by: [rol]}"
        same = "{id: b, name: B, answers: [vraag], carried_by: [vroeg], sent_by: [rol]}"
        other = "{id: b, name: B, answers: [vraag], carried_by: [vroeg], sent_by: [collega]}"
        model = (
            "departments: [{id: d, name: D, roles: [{id: rol, name: Rol}, {id: collega, name: Collega}]}]\n"
            + steps(self.ASKED)
        )
        repeated, doubled = f"{model}messages: [{one}, {same}]\n", f"{model}messages: [{one}, {other}]\n"
        assert [f.elements for f in found("answer_repeated", repeated)] == [("vraag", "a", "b")]
        assert about("message_duplicate_sender", repeated) == []
        assert about("answer_repeated", doubled) == []
        assert [f.elements for f in found("message_duplicate_sender", doubled)] == [("vraag", "a", "b")]


class TestWork:
    @pytest.mark.parametrize(
        "reason",
        [
            CTQ + activities("{id: werk, name: Werk, serves: [eis]}"),
            CTQ + activities("{id: werk, name: Werk, outputs: [{id: u, name: U, serves: [eis]}]}"),
            CTQ + activities("{id: werk, name: Werk, outputs: [{id: u, name: U}]}") + handover("hands: [u], serves: [eis]"),
            CTQ + activities("{id: werk, name: Werk}") + steps("{id: s, name: S, touchpoints: [{id: t, name: T, realised_by: [werk]}]}"),
        ],
    )  # fmt: skip
    def test_an_activity_has_a_reason_by_itself_its_output_a_handover_or_a_touchpoint(self, reason):
        assert about("activity_without_requirement", reason) == []

    def test_neither_a_column_nor_another_activity_is_a_reason(self):
        text = CTQ + activities(
            "{id: een, name: Een, takes: [b], outputs: [{id: a, name: A}]}",
            "{id: twee, name: Twee, takes: [a], outputs: [{id: b, name: B}]}",
        )
        assert about("activity_without_requirement", text) == ["een", "twee"]
        placed = text + steps("{id: s, name: S, realised_by: [een]}")
        assert about("activity_without_requirement", placed) == ["een", "twee"]

    def test_a_visible_output_needs_a_customers_requirement_or_a_mark(self):
        text = "internal_requirements: [{id: avg, name: AVG, origin: law}]\n" + CTQ + activities(
            "{id: w, name: W, outputs: [{id: brief, name: B, customer_visible: true, serves: [avg]}, "
            "{id: los, name: L, customer_visible: true, no_customer_requirement: true}, {id: stil, name: S}]}"
        )  # fmt: skip
        assert about("output_without_requirement", text) == ["brief"]

    def test_the_customers_own_act_needs_nobody_but_their_call_does(self):
        text = activities("{id: w, name: W}") + steps(
            "{id: s, name: S, touchpoints: [{id: betaling, name: B, type: action, by: customer}, "
            "{id: belletje, name: C, type: communication, by: customer, channel: telefoon}]}"
        )
        assert about("touchpoint_unrealised", text) == ["belletje"]

    def test_a_touchpoint_is_on_the_chain_through_the_process_around_its_process(self):
        text = (
            "processes: [{id: p, name: P, processes: [{id: deel, name: Deel, activities: [{id: w, name: W}]}]}]\n"
            "chains: [{id: k, name: K, chain_links: [{id: l, realised_by: [p]}]}]\n"
        ) + steps("{id: s, name: S, touchpoints: [{id: t, name: T, realised_by: [w]}]}")
        assert about("touchpoint_floating", text) == []

    @pytest.mark.parametrize("feed", ["uses: [crm]", "takes: [planning]"])
    def test_a_system_or_an_output_feeds_what_happens_onstage(self, feed):
        text = "systems: [{id: crm, name: CRM}]\n" + activities(
            "{id: achter, name: A, stage: backstage, outputs: [{id: planning, name: P}]}",
            f"{{id: voor, name: V, stage: onstage, {feed}}}",
        )
        assert about("onstage_without_backstage", text) == []

    def test_coming_after_other_onstage_work_feeds_nothing(self):
        text = activities(
            "{id: achter, name: A, stage: backstage}",
            "{id: eerst, name: E, stage: onstage, uses: [], then: [daarna]}",
            "{id: daarna, name: D, stage: onstage}",
        )
        assert about("onstage_without_backstage", text) == ["eerst", "daarna"]

    @pytest.mark.parametrize("by", ["[werk]", "[proces]"])
    def test_an_activity_stands_in_the_column_of_a_step_that_names_it_or_its_process(self, by):
        text = CTQ + activities("{id: werk, name: Werk, serves: [eis]}")
        assert about("activity_not_placed", text + steps("{id: s, name: S}")) == ["werk"]
        assert about("activity_not_placed", text + steps(f"{{id: s, name: S, realised_by: {by}}}")) == []

    def test_an_activity_stands_in_the_column_of_the_wish_behind_what_it_serves(self):
        text = CTQ + activities("{id: werk, name: Werk, serves: [eis]}")
        wished = steps("{id: s, name: S, wishes: [{id: wens, text: Snel, leads_to: [eis]}]}")
        assert about("activity_not_placed", text + wished) == []


class TestChains:
    def test_a_partners_link_may_do_without_a_process(self):
        text = (
            "departments: [{id: bank, name: Bank, type: partner}]\nprocesses: [{id: p, name: P}]\n"
            "chains: [{id: k, name: K, chain_links: [{id: betalen, department: bank}, {id: boeken}]}]"
        )
        assert about("chain_link_without_process", text) == ["boeken"]

    @pytest.mark.parametrize(
        ("fields", "fields_that_differ"),
        [
            ("within: {giver: 1 hour, receiver: 60 minutes}", []),
            ("within: {giver: 1 hour, receiver: 5 working days}", ["within"]),
            ("within: 1 hour, complete_when: {giver: Compleet, receiver: ' compleet '}", []),
            ("within: {giver: 1 hour}, complete_when: {giver: A, receiver: B}", ["complete_when"]),
        ],
    )
    def test_two_sides_differ_in_meaning_not_in_spelling(self, fields, fields_that_differ):
        assert [f.field for f in found("handover_sides_differ", handover(fields))] == fields_that_differ

    @pytest.mark.parametrize(
        ("confirmed", "missing"),
        [("2026-03-12", []), ("{giver: 2026-03-12}", ["receiver"]), ("{receiver: 2026-03-12}", ["giver"])],
    )
    def test_one_day_confirms_for_both_sides(self, confirmed, missing):
        text = handover(f"within: 1 hour, confirmed: {confirmed}")
        assert said("handover_not_confirmed_by_both", text, "missing") == missing

    def test_a_handover_without_agreement_is_not_asked_for_confirmation_and_not_praised(self):
        text = handover("note: Nog te bespreken")
        assert about("handover_not_confirmed_by_both", text) == []
        assert about("handover_agreed", text) == []
        assert said("handover_without_agreement", text, "missing") == ["complete_when, within"]

    def test_a_handover_to_the_same_link_has_one_side(self):
        text = "chains: [{id: k, name: K, chain_links: [{id: l}], handovers: [{id: h, from: l, to: l}]}]"
        assert about("handover_one_sided", text) == ["h"]

    @pytest.mark.parametrize(("count", "remarked"), [(0, []), (1, ["k"]), (4, []), (7, []), (8, ["k"])])
    def test_four_to_seven_kpis_are_enough(self, count, remarked):
        kpis = ", ".join(f"{{id: kpi{number}, name: K{number}}}" for number in range(count))
        assert about("kpis_out_of_range", f"chains: [{{id: k, name: K, kpis: [{kpis}]}}]") == remarked

    def test_work_of_a_shared_process_goes_from_the_department_that_performs_it(self):
        text = """
departments:
- {id: inkoop, name: Inkoop, roles: [{id: inkoper, name: Inkoper}]}
- {id: magazijn, name: Magazijn, roles: [{id: pakker, name: Pakker}]}
processes:
- id: p
  name: P
  activities:
  - {id: bestellen, name: B, performed_by: [inkoper], then: [pakken, iets]}
  - {id: pakken, name: P, performed_by: [pakker]}
  - {id: iets, name: I}
chains:
- id: k
  name: K
  chain_links: [{id: een, department: inkoop, realised_by: [p]}, {id: twee, department: magazijn, realised_by: [p]}]
"""
        assert [f.elements for f in found("chain_links_without_handover", text)] == [("een", "twee")]
        assert (
            about("chain_links_without_handover", text + "  handovers: [{id: h, from: een, to: twee}]\n")
            == []
        )
