"""What do the pages of readiness show of a chain: its questions with their answers, its requirements, and how they turned?"""

from dataclasses import dataclass

from ketenreis.analysis.readiness import Answer, Remark, Verdict
from ketenreis.model import Element
from ketenreis.reports.agenda import points_in_words
from ketenreis.reports.meeting import Turned
from ketenreis.reports.readied import SHAPE, next_in_words, remark_in_words
from ketenreis.reports.words import SHAPES, Words

LOOKS = {
    "tones": {
        "green": "good",
        "amber": "warn",
        "red": "bad",
        "unknown": "unknown",
        "met": "good",
        "not_met": "bad",
        "cannot_say": "unknown",
    },
    "shapes": {**SHAPE, **SHAPES},
}
"""How a colour or a verdict looks: never by colour alone."""


@dataclass(frozen=True, slots=True)
class Point:
    """One remark in words, with what to do about it."""

    remark: Remark
    said: str
    next: str


@dataclass(frozen=True, slots=True)
class Question:
    """One of the twelve with its answer: first what lacks, then what is there."""

    asks: str
    answer: Answer
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A requirement with its verdict; `share` is empty where nothing was judged, and `note` is what makes it honest."""

    ctq: Element
    verdict: Verdict
    word: str
    share: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """A requirement in one quarter beside the quarter before; `left_out` says of how many weeks it is too soon."""

    turned: Turned
    now: Kept
    before: str
    change: str
    left_out: str


def question(answer: Answer, words: Words) -> Question:
    """An answer in words."""
    remarks = (*answer.lacking, *(remark for remark in answer.remarks if remark.colour == "green"))
    points = tuple(
        Point(
            remark,
            remark_in_words(remark, words),
            "" if remark.colour == "green" else next_in_words(remark, words),
        )
        for remark in remarks
    )
    return Question(words.say(f"readiness.q_{answer.question}"), answer, points)


def kept(ctq: Element, verdict: Verdict, words: Words) -> Kept:
    """A verdict in words."""
    word = words.standing(verdict.standing)
    if verdict.share is None:
        return Kept(ctq, verdict, word)
    note = f"{words.interval(verdict.interval)} · n = {words.whole(verdict.n)}"
    return Kept(ctq, verdict, word, words.percent(verdict.share, verdict.asked), note)


def trend(turned: Turned, words: Words) -> Trend:
    """How a requirement turned, in words."""
    before = turned.before
    said = f"{words.percent(before.attainment)} · n = {words.whole(before.judged)}" if before.judged else "–"
    left_out = words.say(f"readiness.weeks_open{'_one' * (turned.running == 1)}", n=turned.running)
    return Trend(
        turned,
        kept(turned.ctq, turned.verdict, words),
        said,
        points_in_words(turned, words) or "–",
        left_out if turned.running else "",
    )
