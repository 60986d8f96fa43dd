"""What would the three systems of Noorderwaard, an invented municipality, export about its applications of 2026?

The case system writes one row per application with a column per date, to the minute; its workflow one line per step, with
the offset of the clock; telephony two lines per call, without it. The figures that follow from what is planted are worked
out apart, in the tests, from the exported files alone.
"""

from collections.abc import Iterator, Mapping

from ketenreis.examples.exports import Exports
from ketenreis.examples.generator import minute_text, time_text, wall_text
from ketenreis.examples.lines import labelled
from ketenreis.examples.noorderwaard.applications import CALLS, MOST_CALLS, STEPS, Applications, draw
from ketenreis.examples.noorderwaard.parameters import NOORDERWAARD, Parameters

CASES = (
    "zaaknummer", "aanvragernummer", "wijk", "huishouden", "leeftijd", "werkgevers", "e_mail", "ingediend_via",
    "ingediend_op", "uitkomst", "gesloten_op",
)  # fmt: skip
"""The header of the case system's export."""

WORKED = ("zaaknummer", "stap", "tijdstip", "afdeling", "kanaal", "medewerker", "vraag")
"""The header of its workflow."""

CALLED = ("gesprek", "zaaknummer", "registratie", "tijdstip", "onderwerp", "gestart_door", "medewerker")
"""The header of telephony."""

_REPORT = next(code for code, step in enumerate(STEPS) if step.label == "Gespreksverslag gemaakt")
_WRITTEN = {"Ontvangst bevestigd", "Stukken opgevraagd", "Tussenbericht verstuurd"}
"""What goes by e-mail to who has an address; a decision always comes as a letter."""
_LETTERS = {"Beslistermijn verlengd", "Besluit verstuurd"}
_BY = ("website", "balie", "post")


def _cases(
    drawn: Applications, part: slice, parameters: Parameters, renamed: Mapping[str, str]
) -> Iterator[str]:
    """The rows of the case system: what is known of each application on the day of the export."""
    del renamed  # no label stands in these rows
    codes, districts = _codes(drawn), [one.name for one in parameters.districts]
    applied, closed = minute_text(drawn.applied), minute_text(drawn.closed)
    for case in range(part.start, part.stop):
        outcome = ("afgewezen", "toegekend")[int(drawn.is_granted[case])] if drawn.decided[case] else ""
        applicant = (int(drawn.number[case]) * 3_276_509 + 141_421_356) % 10**9
        yield (
            f"{codes[case]};A{applicant:09d};{districts[drawn.district[case]]};{drawn.household[case]};{drawn.age[case]};"
            f"{drawn.employers[case]};{'ja' if drawn.has_e_mail[case] else 'nee'};{_BY[drawn.by[case]]};{applied[case]};"
            f"{outcome};{closed[case]}"
        )


def _steps(
    drawn: Applications, part: slice, parameters: Parameters, renamed: Mapping[str, str]
) -> Iterator[str]:
    """The lines of the workflow."""
    del part  # the lines were cut to it when they were drawn
    codes, steps = _codes(drawn), drawn.steps
    asked = [text for text, _ in parameters.asked]
    labels = labelled(STEPS, renamed)
    for case, kind, time, extra in steps.rows(time_text):
        step, question, number = STEPS[kind], "", extra
        if kind == _REPORT:
            question, number = asked[extra], int(drawn.number[case]) * 7 % step.people
        who = f"{step.department[0]}{number:02d}" if number >= 0 and step.people else ""
        yield (
            f"{codes[case]};{labels[kind]};{time};{step.department};{_channel(drawn, case, step.label)};{who};{question}"
        )


def _calls(
    drawn: Applications, part: slice, parameters: Parameters, renamed: Mapping[str, str]
) -> Iterator[str]:
    """The lines of telephony: a call, and its answer."""
    del part  # the lines were cut to it when they were drawn
    codes, calls = _codes(drawn), drawn.calls
    topics = [text for text, _ in parameters.topics]
    labels = labelled(CALLS, renamed)
    for case, kind, time, extra in calls.rows(wall_text):
        turn, topic = divmod(extra, 8)
        spread = int(drawn.number[case]) * MOST_CALLS + turn
        yield (
            f"T{(spread * 7_654_321 + 27_182_818) % 10**10:010d};{codes[case]};{labels[kind]};{time.replace('T', ' ')};"
            f"{topics[topic]};{('klant', 'medewerker')[kind]};K{spread % 31:02d}"
        )


def _channel(drawn: Applications, case: int, label: str) -> str:
    """By which channel a step reached the applicant, or came from them; nothing for work inside."""
    if label in _WRITTEN:
        return "e-mail" if drawn.has_e_mail[case] else "brief"
    if label in _LETTERS:
        return "brief"
    if label == "Intakegesprek gevoerd":
        return "telefoon"
    return _BY[drawn.by[case]] if label in ("Stukken ontvangen", "Bezwaar gemaakt") else ""


def _codes(drawn: Applications) -> list[str]:
    """The numbers of the applications of a block, each of its own and in no order."""
    return [f"NW26-{code:08d}" for code in ((drawn.number * 6_700_417 + 16_180_339) % 10**8).tolist()]


EXPORTS = Exports(
    draw,
    NOORDERWAARD,
    (("zaken", CASES, _cases), ("werkstroom", WORKED, _steps), ("telefonie", CALLED, _calls)),
)
"""`zaken.csv` has a row per application; the others a line per event, those of an application together and in order of time."""
