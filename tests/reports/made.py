"""A report built by hand, without events: one requirement of every kind of answer, and names that try to break out."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from ketenreis.analysis.chart import Chart, Point
from ketenreis.analysis.control import choose, individuals, shares
from ketenreis.analysis.sigma import dpmo, sigma_level
from ketenreis.analysis.steadiness import steadiness
from ketenreis.analysis.thread import thread
from ketenreis.analysis.yields import first_time_right, wilson
from ketenreis.measure import CannotSay, Counts, Group, Violation, Week
from ketenreis.notation import read_text
from ketenreis.reports.measured import Measured, Report
from ketenreis.requirements import requirement

HOSTILE = "<script>alert('x')</script> & \"Zn\""

MODEL = f"""
organisation: {{id: belmij, name: Belmij, language: nl, time_zone: Europe/Amsterdam, words: {{case: order}}, objects: [order]}}
departments:
- {{id: orderverwerking, name: Orderverwerking, roles: [{{id: operations, name: Operations}}]}}
personas: [{{id: gezin, name: Gezin, object: order}}]
journeys:
- id: telefoon-bestellen
  name: Telefoon bestellen
  need: Ik wil weten waar ik aan toe ben
  phases:
  - name: Kiezen en betalen
    steps:
    - name: Bestellen en betalen
      touchpoints:
      - {{id: betaling, name: Betaling, type: action, by: customer, channel: website}}
      - {{id: bevestigingsmail, name: Bevestigingsmail, by: organisation, channel: e-mail}}
      wishes: [{{text: Ik wil weten dat het gelukt is, leads_to: [op-tijd]}}]
ctqs:
- id: op-tijd
  name: Bevestiging op tijd
  for: [gezin]
  owned_by: operations
  kano: one_dimensional
  measure: {{pattern: within, after: betaling, comes: bevestigingsmail, match: fifo}}
  norms:
  - {{limit: 1 hour, share: 99%}}
  - {{since: 2026-06-01, limit: 1 minute, share: 99%}}
- id: nooit-verzet
  name: '{HOSTILE.replace("'", "''")}'
  measure: {{pattern: at_most, event: betaling}}
  norms: [{{limit: 1, share: 90%}}]
- id: op-de-dag
  name: Op de beloofde dag
  measure: {{pattern: before, event: betaling}}
  norms: [{{limit: beloofd, share: 95%}}]
- {{id: nog-een-wens, name: Nog een wens}}
processes:
- id: order-aannemen
  name: Order aannemen
  activities:
  - {{id: boeken, name: Order boeken, performed_by: [operations], outputs: [{{id: bevestigd, name: Order bevestigd, serves: [op-tijd]}}]}}
"""

_START = date(2026, 1, 5)
FIRST = datetime(2026, 1, 5, 8, tzinfo=UTC)
LAST = datetime(2026, 8, 2, 21, 30, tzinfo=UTC)


def model():
    """The model of the report."""
    reading = read_text(MODEL)
    assert not [finding for finding in reading.findings if finding.level == "error"]
    return reading.model


def weeks(number=30, dip=(20, 21)):
    """So many weeks of two hundred orders, of which some miss; more in the weeks of the dip."""
    return tuple(
        Week(
            _START + timedelta(weeks=index),
            Counts(200 - missed, missed, 1 if index == number - 1 else 0),
        )
        for index in range(number)
        for missed in [30 if index in dip else 2 + index % 5]
    )


def chart(found):
    """The chart of those weeks."""
    return choose(
        Point.of(week.monday.isoformat(), week.counts.fulfilled, week.counts.judged) for week in found
    )


def paced(found):
    """A chart of weekly medians around twelve seconds, a minute in one week."""
    return individuals(
        [
            Point(week.monday.isoformat(), 60.0 if index == 20 else 11.0 + index % 3, 200)
            for index, week in enumerate(found)
        ],
        rules=("beyond",),
    )


def report():
    """One requirement under a new norm, one that misses, one that is met, and one that is only a wish."""
    made = model()
    wanted = {ctq.id: requirement(ctq) for ctq in made.of_kind("ctq")}
    found = weeks()
    charted = chart(found)
    assert isinstance(charted, Chart)
    counts = Counts(5_830, 170, 12, 40, {"missing attribute": 3, HOSTILE: 4})

    def measured(name, standing, **more):
        return Measured(wanted[name], thread(made, name), wanted[name].norm_on(LAST.date()), standing, **more)

    acts = Counts(5_900, 171, 12)
    rate = dpmo(acts.violated, acts.judged)
    full = measured(
        "op-tijd",
        "cannot_say",
        reason=CannotSay("new_norm", ("8", "2026-06-01")),
        cases=counts,
        interval=wilson(5_830, 6_000),
        activations=acts,
        dpmo=rate,
        sigma=sigma_level(rate, opportunities=acts.judged),
        took={0.05: 6.0, 0.25: 9.0, 0.5: 12.0, 0.75: 18.0, 0.9: 36.0, 0.95: 250.0, 0.99: 7_265.0},
        under_current=Counts(5_600, 400, 12, 40, {"missing attribute": 7}),
        weeks=found,
        chart=charted,
        current_chart=shares(
            [Point.of(p.label, round(p.value * p.n), p.n) for p in charted.points], laney=True
        ),
        pace=paced(found),
        steadiness=steadiness(charted, counts.attainment, 0.99),
        splits={
            "channel": (
                Group("website", Counts(4_000, 100)),
                Group(HOSTILE, Counts(1_830, 70)),
                Group(None, Counts(5, 1)),
            ),
            "department": (Group("Webwinkel", Counts(5_830, 170)),),
        },
        personas=(Group("Gezin", Counts(900, 20)), Group("Zakelijk", Counts(400, 40))),
        violations=(
            Violation("4829", "Betaling gedaan", FIRST, FIRST + timedelta(hours=3), 10_800.0),
            Violation(HOSTILE, HOSTILE, FIRST, None, None),
        ),
    )
    missed = measured(
        "nooit-verzet",
        "not_met",
        narrowly=True,
        cases=Counts(88, 12),
        interval=wilson(88, 100),
        gross=Counts(70, 30),
        activations=Counts(88, 12),
        dpmo=120_000.0,
        sigma=sigma_level(120_000.0),
        took={0.05: 0.0, 0.25: 0.0, 0.5: 0.0, 0.75: 1.0, 0.9: 2.0, 0.95: 2.0, 0.99: 3.0},
        unit="number",
        weeks=found[:4],
        chart=chart(found[:4]),
        violations=(Violation("77", None, None, None, 3.0),),
    )
    kept = measured(
        "op-de-dag",
        "met",
        cases=Counts(60, 0),
        interval=wilson(60, 60),
        activations=Counts(60, 0),
        dpmo=0.0,
        sigma=sigma_level(0.0, opportunities=60),
        took={share: -90_000.0 * (1 - share) - 60 for share in (0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)},
    )
    wish = measured("nog-een-wens", "cannot_say", reason=CannotSay("incomplete", ("measure", "norm")))
    return Report(
        model=made,
        object_type="order",
        measured=(full, missed, kept, wish),
        first_time_right=first_time_right(5_700, 290, [0.97, 0.88, 1.0]),
        journeys=Counts(5_700, 290, 12),
        first=FIRST,
        last=LAST,
        now=LAST,
        end_of_file=False,
        all_cases=6_059,
        quality={},
        sql="SELECT 1 < 2;\n",
    )


def empty():
    """A report on a model without requirements."""
    return replace(report(), measured=(), first_time_right=None, journeys=Counts())
