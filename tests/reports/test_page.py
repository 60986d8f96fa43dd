"""The report as a page: looked at by what it means, in both languages."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from tests.render.parsed import parsed
from tests.reports.made import HOSTILE, chart, empty, report, weeks

from ketenreis.findings import Finding, catalogue
from ketenreis.measure import CannotSay, Counts, Group
from ketenreis.reports.page import page
from ketenreis.reports.words import LANGUAGES, sentences


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def drawn(language):
    return parsed(page(report(), language))


@pytest.fixture(scope="module")
def dutch():
    return parsed(page(report(), "nl"))


def section(tree, name):
    return next(node for node in tree.all("section") if node.attributes["id"] == name)


def said(tree, name):
    return section(tree, f"eis-{name}").text


def test_the_page_stands_in_the_language_asked_for(language, drawn):
    assert next(drawn.all("html")).attributes["lang"] == language


def test_nothing_of_the_other_language_is_left(language, drawn):
    other = next(one for one in LANGUAGES if one != language)
    alien = [
        text
        for key, text in sentences(other).items()
        if text != sentences(language)[key] and len(text) > 14 and "{" not in text and text in drawn.text
    ]
    assert alien == []


def test_no_hole_of_a_sentence_stays_open(drawn):
    for node in drawn.all("p", "li", "dd", "dt", "th", "td", "span", "small"):
        assert not re.search(r"\{[a-z_]+\}", node.text)


def test_names_from_outside_stay_text(drawn):
    assert not list(drawn.all("script"))
    assert drawn.text.count(HOSTILE) >= 5


def test_headings_are_in_order(drawn):
    levels = [int(node.name[1]) for node in drawn.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_ids_are_unique_and_every_link_leads_somewhere(drawn):
    ids = [node.attributes["id"] for node in drawn.all() if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    assert {node.attributes["href"].removeprefix("#") for node in drawn.all("a")} <= set(ids)
    named = [name for node in drawn.all() for name in (node.attributes.get("aria-labelledby") or "").split()]
    assert set(named) <= set(ids)


def test_every_table_has_a_caption_and_a_header_for_each_column_and_row(drawn):
    for table in drawn.all("table"):
        assert next(table.all("caption")).text
        heads = [node for node in table.all("th") if node.attributes["scope"] == "col"]
        assert all(head.text for head in heads)
        for row in next(table.all("tbody")).all("tr"):
            assert len(list(row.all("th", "td"))) == len(heads)
            assert next(row.all("th")).attributes["scope"] == "row"


def test_the_summary_counts_what_is_met_and_what_goes_right_at_once(dutch):
    (tiles,) = dutch.of_class("tiles")
    values = [node.text for node in tiles.of_class("value")]
    assert values == ["1 van 4", "95,2%", "85,4%"]
    assert "1 niet gehaald, 2 niet te beoordelen" in tiles.text
    assert "n = 5.990" in tiles.text
    assert "treft vaker dezelfde orders" in tiles.text


def test_the_header_says_need_period_n_now_and_what_closed_means(dutch):
    head = next(dutch.all("header")).text
    assert "“Ik wil weten waar ik aan toe ben”" in head
    assert "5 jan – 2 aug 2026 · 6.059 orders · beoordeeld op 2 aug 2026 23:30" in head
    assert "telt als lopend" in head
    closed = parsed(page(replace(report(), end_of_file=True), "nl"))
    assert "Er is geen gebeurtenis die een geval afsluit" in next(closed.all("header")).text


def test_every_requirement_has_a_verdict_in_shape_and_word(dutch):
    chips = [
        section(dutch, f"eis-{name}").of_class("chip")[0].text
        for name in ("op-tijd", "nooit-verzet", "op-de-dag", "nog-een-wens")
    ]
    assert chips == ["? niet te beoordelen", "✕ niet gehaald, nipt", "✓ gehaald", "? niet te beoordelen"]


def test_the_sentence_is_read_back(dutch):
    assert "Na “Betaling” komt “Bevestigingsmail” binnen 1 minuut." in said(dutch, "op-tijd")


def test_the_thread_runs_from_wish_to_figure(dutch):
    (thread,) = section(dutch, "eis-op-tijd").of_class("thread")
    assert [node.text for node in thread.of_class("kind")] == [
        "Wens",
        "Kwaliteitseis (CTQ)",
        "Activiteit",
        "Uitkomst",
        "Cijfer",
    ]
    for part in (
        "“Ik wil weten dat het gelukt is”",
        "voor Gezin",
        "Order boeken",
        "Orderverwerking · Operations",
        "Order bevestigd",
        "97,2% gehaald",
        "eigenaar: Operations",
        "prestatiefactor (Kano)",
    ):
        assert part in thread.text, part
    assert not thread.of_class("broken")


def test_the_thread_breaks_where_nothing_is_tied(dutch):
    (thread,) = section(dutch, "eis-nog-een-wens").of_class("thread")
    assert len(thread.of_class("broken")) == 3
    assert "nog geen wens gekoppeld" in thread.text
    assert "nog geen activiteit of uitkomst gekoppeld" in thread.text


def test_the_norm_of_the_day_and_the_current_norm_stand_beside_each_other(dutch):
    scores = section(dutch, "eis-op-tijd").of_class("score")
    assert [score.of_class("label")[0].text for score in scores] == [
        "Naar de norm van de dag zelf",
        "Alsof de huidige norm altijd gold",
    ]
    assert ["97,2%" in scores[0].text, "93,3%" in scores[1].text] == [True, True]
    assert all("n = 6.000" in score.text for score in scores)


def test_a_norm_that_changed_is_told_with_its_days(dutch):
    score = section(dutch, "eis-op-tijd").of_class("score")[0]
    assert "vanaf het begin: 99% binnen 1 uur; sinds 1 jun 2026: 99% binnen 1 minuut" in score.text


def test_net_and_gross_stand_beside_each_other(dutch):
    net, gross = section(dutch, "eis-nooit-verzet").of_class("score")
    assert "88,0%" in net.text
    assert "Bruto: alsof de klok nooit had stilgestaan 70,0%" in gross.text


def test_all_cases_are_accounted_for_with_reasons(dutch):
    facts = section(dutch, "eis-op-tijd").of_class("facts")[0]
    numbers = [node.text for node in facts.all("dd")]
    assert numbers == ["5.830", "170", "12", "40", "7", "6.059"]
    assert "een kenmerk ontbreekt: 3" in facts.text
    assert f"{HOSTILE}: 4" in facts.text


def test_a_chart_names_its_kind_and_has_the_same_content_as_a_table(dutch):
    figures = list(section(dutch, "eis-op-tijd").all("figure"))
    assert [next(figure.all("figcaption")).text for figure in figures] == [
        "Aandeel gehaald per week: regelkaart voor aandelen (p-kaart)",
        "Aandeel gehaald per week, alsof de huidige norm altijd gold: regelkaart voor aandelen naar Laney (p′-kaart)",
        "Mediaan per week: regelkaart voor losse waarden (I-kaart)",
    ]
    for figure in figures:
        points = (
            len(figure.of_class("spot"))
            - 1
            + len(figure.of_class("mark"))
            - sum(
                "mark" in (node.attributes.get("class") or "")
                for key in figure.of_class("key")
                for node in key.all()
            )
        )
        rows = len(list(next(figure.all("tbody")).all("tr")))
        assert points == rows == 30


def test_signals_are_marked_in_drawing_words_and_table(dutch):
    figure = next(section(dutch, "eis-op-tijd").all("figure"))
    (area,) = figure.of_class("area")
    assert len(area.of_class("mark")) == 2
    assert "week van 25 mei (85,0%): punt buiten de grenzen" in figure.text
    assert next(area.all("desc")).text.count("punt buiten de grenzen") == 2
    assert next(figure.all("tbody")).text.count("punt buiten de grenzen") == 2


def test_the_norm_is_labelled_on_the_chart_of_a_share_and_absent_from_that_of_a_time(dutch):
    share, _, time = section(dutch, "eis-op-tijd").all("figure")
    assert "norm 99%" in share.of_class("end")[0].text
    assert not time.of_class("area")[0].of_class("norm")


def test_too_few_weeks_say_so_and_show_what_there_is(dutch):
    text = said(dutch, "nooit-verzet")
    assert "Er zijn 4 afgeronde weken met beoordeelde gevallen; vanaf 9 is te zien wat gewoon is." in text
    assert "5 jan 2026" in text


def test_unfinished_weeks_are_said_to_be_left_out():
    made = report()
    one = replace(made.measured[0], chart=chart(weeks()[:-1]))
    text = parsed(page(replace(made, measured=(one,)), "en")).text
    assert "Weeks in which much is still open are not on the chart: 27 Jul." in text


def test_splits_show_groups_with_n_interval_and_drawing(dutch):
    found = section(dutch, "eis-op-tijd")
    spans = found.of_class("span")
    assert len(spans) == 5
    for part in (
        "Per kanaal",
        "website n = 4.100",
        "97,6% (97,0–98,0)",
        "onbekend",
        "Per persona",
        "Persona’s mogen elkaar overlappen.",
    ):
        assert part in found.text, part
    assert "Per afdeling" not in found.text  # one group has nothing to compare


def test_many_groups_stand_behind_a_click():
    made = report()
    groups = tuple(Group(f"bureau {n}", Counts(100 - n, n)) for n in range(14))
    one = replace(made.measured[0], splits={"bureau": groups})
    found = section(parsed(page(replace(made, measured=(one,)), "nl")), "eis-op-tijd")
    assert "Toon nog 6" in found.text
    assert "bureau 13" in found.text


def test_durations_are_told_in_quantiles(dutch):
    assert "De helft duurde hoogstens 12 s, 95% hoogstens 4 min 10 s." in said(dutch, "op-tijd")
    assert "2 uur 1 min" in said(dutch, "op-tijd")
    assert "bij 95% hoogstens 2 keer" in said(dutch, "nooit-verzet")
    assert "12 uur 31 min ervoor" in said(dutch, "op-de-dag")


def test_violated_cases_come_with_their_exact_events(dutch):
    text = said(dutch, "op-tijd")
    assert "Toon 2 van 170 orders waar het niet lukte" in text
    assert "4829 Betaling gedaan 5 jan 2026 09:00:00 5 jan 2026 12:00:00 3 uur" in text
    assert "kwam niet" in text
    assert "Bij geen enkele order ging het mis." in said(dutch, "op-de-dag")


def test_the_calculation_says_its_assumptions(dutch):
    text = said(dutch, "op-tijd")
    for part in (
        "Toon de berekening",
        "6.071, waarvan 171 niet gehaald",
        "28.167",
        "met de gebruikelijke verschuiving van 1,5",
        "p: de weken verschillen niet meer dan toeval verklaart",
        "30 weken bepalen",
        "sinds 1 jun 2026: 99% binnen 1 minuut",
    ):
        assert part in text, part
    assert "minstens 3,16: er was geen enkele misser" in said(dutch, "op-de-dag")


def test_cannot_say_says_why_and_the_next_move(dutch):
    text = said(dutch, "nog-een-wens")
    assert "er ontbreekt een meting en een norm" in text
    assert "Spreek af wanneer het goed is" in text
    assert "Beoordeeld onder de nieuwe norm: 8" in said(dutch, "op-tijd")


def test_steadiness_is_not_said_where_the_verdict_cannot_be(dutch):
    assert "uitschieters stoppen" not in said(dutch, "op-tijd")
    made = report()
    decided = replace(made.measured[0], standing="not_met", reason=None)
    assert "eerst de uitschieters stoppen" in page(replace(made, measured=(decided,)), "nl")


@pytest.mark.parametrize(
    "reason",
    [CannotSay("nothing_judged"), CannotSay("not_mapped", ("betaling",)), CannotSay("too_few", ("3",))],
)
def test_a_requirement_without_figures_still_has_its_place(reason, language):
    made = report()
    bare = replace(made.measured[3], reason=reason, cases=Counts(0, 0, 2, 5))
    assert parsed(page(replace(made, measured=(bare,)), language)).of_class("notice")


def test_an_empty_report_says_what_to_do_and_offers_the_example(language):
    text = parsed(page(empty(), language)).text
    assert "ketenreis demo" in text


def test_findings_are_shown_only_when_they_were_looked_for(dutch):
    assert "bevindingen" not in {node.attributes.get("id") for node in dutch.all("section")}
    found = [
        Finding("ctq_without_activity", "warning", ("nog-een-wens",)),
        Finding("ctq_without_activity", "advice", ("op-tijd",)),
    ]
    shown = section(parsed(page(report(), "nl", found)), "bevindingen")
    assert catalogue("nl")["ctq_without_activity"]["title"] in shown.text
    assert "Een belofte loopt gevaar (1)" in shown.text
    assert "Kijk hier eens naar (1)" in shown.text
    assert "Geen bevindingen." in section(parsed(page(report(), "nl", [])), "bevindingen").text


def test_the_sql_stands_under_the_method(dutch):
    assert "SELECT 1 < 2;" in section(dutch, "verantwoording").text


def test_without_a_quality_report_the_page_says_so(dutch):
    assert "geen kwaliteitsverslag" in section(dutch, "gegevens").text
