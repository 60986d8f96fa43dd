"""How does an application in Noorderwaard go, from the form until the case is closed? Drawn as arrays, a block at a time."""

from dataclasses import dataclass

import numpy as np

from ketenreis.examples.generator import (
    BLOCK,
    DAY,
    HOUR,
    MINUTE,
    Real,
    Truth,
    Whole,
    arrivals,
    block_random,
    busy,
    hour_of,
    moment_of,
    pick,
    to_utc,
)
from ketenreis.examples.lines import CASES, Lines, Log
from ketenreis.examples.noorderwaard.parameters import Parameters
from ketenreis.examples.noorderwaard.worktime import Desk

MOST_CALLS = 8
"""How often one applicant calls at most."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of line: its label as the system writes it, whose work it is, and how many people do that."""

    label: str
    department: str = ""
    people: int = 0


STEPS = (
    Kind("Aanvraag opgepakt", "Intake", 24),
    Kind("Ontvangst bevestigd", "Intake"),
    Kind("Intakegesprek gevoerd", "Intake", 24),
    Kind("Gespreksverslag gemaakt", "Intake", 24),
    Kind("Stukken opgevraagd", "Intake", 24),
    Kind("Stukken ontvangen"),
    Kind("Dossiercheck herhaald", "Intake", 24),
    Kind("Dossier overgedragen", "Intake", 24),
    Kind("Beoordeling gestart", "Beoordeling", 18),
    Kind("Tussenbericht verstuurd", "Beoordeling"),
    Kind("Dossier teruggegeven", "Beoordeling", 18),
    Kind("Dossier aangevuld", "Intake", 24),
    Kind("Beoordeling hervat", "Beoordeling", 18),
    Kind("Gegevens verbeterd", "Beoordeling", 18),
    Kind("Beslistermijn verlengd", "Beoordeling", 18),
    Kind("Besluit genomen", "Beoordeling", 18),
    Kind("Besluit verstuurd", "Uitkeringsadministratie"),
    Kind("Eerste betaling gedaan", "Uitkeringsadministratie"),
    Kind("Besluit hersteld", "Beoordeling", 18),
    Kind("Bezwaar gemaakt"),
)
"""Every kind of line of the case system's workflow, in the order in which they may come."""

CALLS = (Kind("Aanvrager belt"), Kind("Vraag beantwoord"))
"""Every kind of line of telephony."""


@dataclass(frozen=True, slots=True)
class Applications:
    """A block of applications: one row per case, and apart the lines of the other systems.

    Categories are positions in the lists of the parameters; a moment of 0 is none. The extra number of a step is who did
    it (-1 for a machine), and what was asked where it is the report of the talk; of a call eight times its number and what it is about.
    """

    number: Whole
    district: Whole
    household: Whole
    age: Whole
    employers: Whole
    has_e_mail: Truth
    by: Whole
    asked: Whole
    is_granted: Truth
    applied: Whole
    decided: Whole
    closed: Whole
    steps: Lines
    calls: Lines


def draw(parameters: Parameters, seed: int, block: int, part: slice = slice(0, BLOCK)) -> Applications:
    """Draws one block of applications, or a part of it, as arrays: fit for writing in any form, and by the million."""
    random = block_random(seed, "noorderwaard", block)
    desk = Desk(parameters, random)
    end = moment_of(hour_of(*parameters.exported))
    steps, calls = Log(random, STEPS, end), Log(random, CALLS, end)

    district = pick(random, (one.share for one in parameters.districts), BLOCK)
    employers = pick(random, parameters.employers, BLOCK)
    by = pick(random, parameters.online, BLOCK)
    is_tangled = random.random(BLOCK) < np.array(parameters.tangled)[employers]
    asked = pick(random, (share for _, share in parameters.asked), BLOCK)

    since, until = hour_of(parameters.first_day), hour_of(parameters.last_day, 24)
    weights = busy(since, until, parameters.season, parameters.weekday, parameters.hour)
    applied = arrivals(random, BLOCK, since, weights)
    applied = np.where(by == 0, applied, desk.at(applied))
    ready, papers = _intake(
        parameters, desk, steps, applied, asked, _happens(parameters, random, is_tangled, "papers")
    )
    started = desk.after(ready, desk.few(1, 3))
    steps.add("Dossier overgedragen", to_utc(ready))
    steps.add("Beoordeling gestart", to_utc(started))
    is_told = np.array([one.has_message for one in parameters.districts])[district]
    is_told &= started >= hour_of(parameters.told_since) * HOUR
    steps.add(
        "Tussenbericht verstuurd", to_utc(started // DAY * DAY + 18 * HOUR + desk.few(0, 2 * HOUR)), is_told
    )
    last = _assessment(desk, steps, started, _happens(parameters, random, is_tangled, "returned"))
    is_mended = _happens(parameters, random, is_tangled, "mended")
    mended = desk.after(last, desk.few(1, 2))
    steps.add("Gegevens verbeterd", to_utc(mended), is_mended)
    last = np.where(is_mended, mended, last)

    sent = _decision(parameters, desk, steps, applied, papers, last)
    is_granted = random.random(BLOCK) < parameters.granted
    is_repaired = _happens(parameters, random, is_tangled, "repaired")
    closed = _afterwards(parameters, desk, steps, sent, is_granted, is_repaired)
    _calls(parameters, desk, calls, district, is_told, (last, sent))
    return Applications(
        CASES + block * BLOCK,
        district,
        1 + pick(random, parameters.household, BLOCK),
        np.rint(np.clip(18 + random.gamma(4.0, 7.0, BLOCK), 18, 67)).astype(np.int64),
        employers,
        random.random(BLOCK) < parameters.e_mail,
        by,
        asked,
        is_granted,
        to_utc(applied),
        _until(to_utc(sent), end),
        _until(to_utc(closed), end),
        steps.lines().of(part),
        calls.lines().of(part),
    )


def _happens(parameters: Parameters, random: np.random.Generator, is_tangled: Truth, what: str) -> Truth:
    """To whom something happens, by how tangled their circumstances are."""
    chance = np.where(is_tangled, getattr(parameters.tangled_course, what), getattr(parameters.simple, what))
    happens: Truth = random.random(BLOCK) < chance
    return happens


def _lasting(random: np.random.Generator, median: float, spread: float) -> Whole:
    """Seconds whose logarithm is normal, from a median in days."""
    drawn: Real = median * DAY * np.exp(spread * random.standard_normal(BLOCK))
    return np.rint(drawn).astype(np.int64)


def _until(utc: Whole, end: int) -> Whole:
    """Moments before the export; 0 for what came after it."""
    return np.where(utc < end, utc, 0).astype(np.int64)


def _intake(
    parameters: Parameters, desk: Desk, steps: Log, applied: Whole, asked: Whole, is_missing: Truth
) -> tuple[Whole, Whole]:
    """The receipt, the talk, and the papers that were missing.

    Returns:
        When the file is ready for assessment, and how long that waited for papers.
    """
    random = desk.random
    reaction = 1 + pick(random, parameters.reaction, BLOCK)
    taken = desk.after(applied, reaction)
    confirmed = taken + desk.few(MINUTE, 40 * MINUTE)
    steps.add("Aanvraag opgepakt", to_utc(taken))
    steps.add("Ontvangst bevestigd", to_utc(confirmed))
    is_reached = random.random(BLOCK) >= parameters.unreached
    is_early = (reaction > 1) & (random.random(BLOCK) < parameters.early)
    called = np.where(
        is_early,
        desk.after(applied, np.minimum(reaction - 1, desk.few(1, 3))),
        desk.after(confirmed, desk.few(1, 5)),
    )
    steps.add("Intakegesprek gevoerd", to_utc(called), is_reached)
    steps.add(
        "Gespreksverslag gemaakt", to_utc(called + desk.few(5 * MINUTE, 20 * MINUTE)), is_reached, asked
    )
    done = np.maximum(confirmed, called) + HOUR
    wanted = desk.after(done, desk.few(1, 2), 10, 17)
    waited = np.maximum(_lasting(random, parameters.papers_median, parameters.papers_spread), DAY)
    came = wanted + waited
    steps.add("Stukken opgevraagd", to_utc(wanted), is_missing)
    steps.add("Stukken ontvangen", to_utc(came), is_missing)
    checked = desk.after(came, desk.few(1, 1), 9, 12)
    steps.add("Dossiercheck herhaald", to_utc(checked), is_missing)
    ready = desk.after(
        np.where(is_missing, checked, done), np.where(is_missing, desk.few(0, 1), desk.few(1, 2)), 13, 17
    )
    return ready, np.where(is_missing, waited, 0)


def _assessment(desk: Desk, steps: Log, started: Whole, is_returned: Truth) -> Whole:
    """The file may go back to intake, and come again. Answers when assessment took it up for the last time."""
    returned = desk.after(started, desk.few(1, 3), 9, 12)
    mended = desk.after(returned, desk.few(1, 4), 9, 13)
    again = desk.after(mended, desk.few(0, 2), 13, 17)
    steps.add("Dossier teruggegeven", to_utc(returned), is_returned)
    steps.add("Dossier aangevuld", to_utc(mended), is_returned)
    steps.add("Beoordeling hervat", to_utc(again), is_returned)
    return np.where(is_returned, again, started)


def _decision(
    parameters: Parameters, desk: Desk, steps: Log, applied: Whole, papers: Whole, last: Whole
) -> Whole:
    """The term that may be extended, and the decision, on the wall clock. Answers when it was sent."""
    random = desk.random
    net = _lasting(random, parameters.net_median, parameters.net_spread)
    due = np.maximum(applied + papers + net, desk.after(last, desk.few(1, 2)))
    sent = desk.after(desk.at(due), desk.few(0, 0), 15, 17)
    is_late = sent - applied - papers > parameters.about_to_be_late * DAY
    longer = desk.after(applied + papers + random.integers(46 * DAY, 54 * DAY, BLOCK), desk.few(0, 0))
    is_extended = is_late & (longer > last) & (random.random(BLOCK) < parameters.extended)
    steps.add("Beslistermijn verlengd", to_utc(longer), is_extended)
    steps.add("Besluit genomen", to_utc(desk.after(sent, desk.few(0, 0), 9, 15)))
    steps.add("Besluit verstuurd", to_utc(sent))
    return sent


def _afterwards(
    parameters: Parameters, desk: Desk, steps: Log, sent: Whole, is_granted: Truth, is_repaired: Truth
) -> Whole:
    """The payment, what has to be repaired, and the objection. Answers when the case is closed."""
    random = desk.random
    paid = desk.after(sent, desk.few(1, 4))
    steps.add("Eerste betaling gedaan", to_utc(paid), is_granted)
    repaired = desk.after(sent, desk.few(2, 6))
    steps.add("Besluit hersteld", to_utc(repaired), is_repaired)
    refused, granted = parameters.objects
    objects = random.random(BLOCK) < np.where(is_granted, granted, refused)
    objected = desk.after(sent, desk.few(5, 12))
    steps.add("Bezwaar gemaakt", to_utc(objected), objects)
    done = np.maximum(np.where(objects, objected, paid), np.where(is_repaired, repaired, paid))
    return desk.after(done, desk.few(1, 3))


def _calls(
    parameters: Parameters, desk: Desk, log: Log, district: Whole, is_told: Truth, span: tuple[Whole, Whole]
) -> None:
    """Who calls while nothing is heard, how often, about what, and when each question is answered."""
    random = desk.random
    silent, sent = span
    soonest = np.minimum(silent + 12 * HOUR, sent)
    chance = np.where(
        is_told, parameters.callers_told, np.array([one.callers for one in parameters.districts])[district]
    )
    calling = random.random(BLOCK) < chance
    for turn in range(MOST_CALLS):
        somewhere = soonest + np.rint(random.random(BLOCK) * (sent - soonest)).astype(np.int64)
        at = desk.at(somewhere, 8.5, 17)
        days = pick(random, parameters.answer, BLOCK)
        answered = np.where(days == 0, at + desk.few(3 * MINUTE, 12 * MINUTE), desk.after(at, days))
        extra = turn * 8 + pick(random, (share for _, share in parameters.topics), BLOCK)
        log.add("Aanvrager belt", to_utc(at), calling, extra)
        log.add("Vraag beantwoord", to_utc(answered), calling, extra)
        calling &= random.random(BLOCK) < parameters.calls_again
