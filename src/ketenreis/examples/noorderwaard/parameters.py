"""What is true of Noorderwaard, an invented municipality? The one place that knows; no analysis ever reads it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class District:
    """What is true of the applicants of one district.

    Attributes:
        name: As the exports write it.
        share: Share of the applications.
        has_message: Whether its applicants are told in between, from the day that this began.
        callers: Share of its applicants who call while they wait and were not told in between.
    """

    name: str
    share: float
    has_message: bool = False
    callers: float = 0.377


@dataclass(frozen=True, slots=True)
class Course:
    """What may happen to an application, as chances: one set for simple circumstances and one for tangled ones.

    Attributes:
        papers: Papers are missing.
        mended: Something on the form has to be mended.
        returned: The file goes back from assessment to intake.
        repaired: The decision has to be repaired afterwards.
    """

    papers: float
    mended: float
    returned: float
    repaired: float


@dataclass(frozen=True, slots=True)
class Parameters:
    """What is true of Noorderwaard. Shares are from 0 to 1, times in days unless the name says otherwise.

    Attributes:
        first_day, last_day: The days of the first and the last applications that the exports are asked for.
        exported: Day and hour, on the wall clock, at which the exports are made; nothing later is in them.
        season: How much busier January is than July, as a part of the average.
        weekday: How busy each day is, Monday first.
        hour: How busy each hour of the day is, from midnight.
        holidays: The days on which nobody works, beside the weekends.
        districts: What is true per district.
        told_since: The first day on which applicants are told in between.
        callers_told: Share of the applicants who call although they were told in between.
        calls_again: Chance that somebody who called does so once more.
        topics: What a caller asks about, with its share.
        employers: Share of the applicants with income from no, one and two employers.
        tangled: Share of tangled circumstances, by the number of employers.
        simple, tangled_course: What may happen to an application in either.
        online: Share of applications by the website, at the desk and by post.
        e_mail: Share of applicants with an e-mail address.
        household: Share of households of 1, 2, 3, 4, 5 people.
        reaction: Chance that the receipt is confirmed 1, 2, 3 … working days after the application.
        unreached: Share of applicants whom nobody gets on the telephone for the intake.
        early: Share of applicants who are called before the receipt was confirmed, where that took two days or more.
        asked: What an applicant asks first in the intake, with its share.
        papers_median, papers_spread: How long missing papers take, and the deviation of the logarithm.
        net_median, net_spread: How long a decision takes without that, and the deviation of the logarithm.
        extended: Share of the decisions about to be late whose term is extended.
        about_to_be_late: The net days from which that is so.
        answer: Chance that a question is answered at once, and 1, 2, 3 and 4 working days later.
        granted: Share of the applications that are granted.
        objects: Share of the applicants who object to a refusal and to a grant.
    """

    first_day: date = date(2026, 1, 5)
    last_day: date = date(2026, 10, 2)
    exported: tuple[date, int] = (date(2026, 11, 14), 9)
    season: float = 0.15
    weekday: tuple[float, ...] = (1.3, 1.2, 1.1, 1.0, 0.9, 0.35, 0.4)
    hour: tuple[float, ...] = (
        0.15, 0.08, 0.05, 0.05, 0.05, 0.1, 0.3, 0.7, 1.2, 1.6, 1.7, 1.6,
        1.3, 1.4, 1.4, 1.3, 1.1, 0.9, 0.9, 1.2, 1.4, 1.2, 0.8, 0.4,
    )  # fmt: skip
    holidays: tuple[date, ...] = (
        date(2026, 1, 1), date(2026, 4, 6), date(2026, 4, 27), date(2026, 5, 14), date(2026, 5, 25),
        date(2026, 12, 25), date(2027, 1, 1), date(2027, 3, 29), date(2027, 4, 27),
    )  # fmt: skip
    districts: tuple[District, ...] = (
        District("Dijkzicht", 0.11),
        District("Havenkwartier", 0.12, has_message=True, callers=0.308),
        District("Kruisveld", 0.09),
        District("Lindenbuurt", 0.1, has_message=True, callers=0.308),
        District("Molenwijk", 0.1),
        District("Noordhoek", 0.09, has_message=True, callers=0.308),
        District("Oudewaard", 0.1, has_message=True, callers=0.308),
        District("Rietlanden", 0.11),
        District("Westerpark", 0.09, has_message=True, callers=0.308),
        District("Zonneveld", 0.09),
    )
    told_since: date = date(2026, 7, 20)
    callers_told: float = 0.127
    calls_again: float = 0.437
    topics: tuple[tuple[str, float], ...] = (
        ("Hoe staat het met mijn aanvraag", 0.45),
        ("Wat gebeurt er nu", 0.3),
        ("Wanneer krijg ik geld", 0.15),
        ("Iets anders", 0.1),
    )
    employers: tuple[float, float, float] = (0.36, 0.44, 0.2)
    tangled: tuple[float, float, float] = (0.189, 0.189, 0.439)
    simple: Course = Course(papers=0.021, mended=0.01, returned=0.036, repaired=0.009)
    tangled_course: Course = Course(papers=0.535, mended=0.14, returned=0.615, repaired=0.135)
    online: tuple[float, float, float] = (0.7, 0.18, 0.12)
    e_mail: float = 0.88
    household: tuple[float, ...] = (0.44, 0.22, 0.16, 0.12, 0.06)
    reaction: tuple[float, ...] = (0.14, 0.24, 0.22, 0.16, 0.12, 0.05, 0.03, 0.02, 0.01, 0.01)
    unreached: float = 0.07
    early: float = 0.05
    asked: tuple[tuple[str, float], ...] = (
        ("Is alles goed ingevuld", 0.62),
        ("Wanneer hoor ik iets", 0.18),
        ("Hoeveel krijg ik", 0.12),
        ("Niets", 0.08),
    )
    papers_median: float = 27.0
    papers_spread: float = 0.45
    net_median: float = 37.0
    net_spread: float = 0.37
    extended: float = 0.37
    about_to_be_late: float = 55.0
    answer: tuple[float, ...] = (0.7, 0.2, 0.07, 0.02, 0.01)
    granted: float = 0.78
    objects: tuple[float, float] = (0.2, 0.02)


NOORDERWAARD = Parameters()
"""The parameters of the complete example."""
