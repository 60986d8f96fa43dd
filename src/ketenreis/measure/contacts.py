"""In which cases did customers get in touch, and how often again, while the next move was ours, after a violation, or after the end?"""

from collections.abc import Sequence
from dataclasses import dataclass

from ketenreis.measure.clauses import FULFILLED, NOT_ACTIVATED, VIOLATED
from ketenreis.measure.contact_counts import conversations
from ketenreis.measure.judging import Judging
from ketenreis.measure.predicates import is_one_of

DAY_US = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Contacted:
    """Of the cases of one requirement, how many had contact.

    Attributes:
        violated, met: Cases with that verdict.
        after_violated, after_met: Those with at least one contact.
    """

    violated: int
    after_violated: int
    met: int
    after_met: int


@dataclass(frozen=True, slots=True)
class Move:
    """A touchpoint that has to come, and whether it is ours to make it come."""

    codes: tuple[int, ...]
    is_ours: bool


class Contacts:
    """The contacts in a judged log; lines of one conversation are one contact. The table lives as long as the judging."""

    def __init__(self, judging: Judging, codes: Sequence[int]) -> None:
        """Finds them by the codes of their labels."""
        self.judging = judging
        judging.engine.keep("contacts", conversations(codes, judging.now))

    def count(self) -> tuple[int, int]:
        """How many contacts there were, in how many cases."""
        row = self.judging.engine.run("SELECT COUNT(*), COUNT(DISTINCT c.case_no) FROM contacts AS c")[0]
        return int(row[0]), int(row[1])

    def by_code(self) -> dict[int, int]:
        """How many contacts of each label."""
        rows = self.judging.engine.run("SELECT c.activity, COUNT(*) FROM contacts AS c GROUP BY c.activity")
        return {int(code): int(number) for code, number in rows}

    def repeated(self, days: int) -> int:
        """Contacts within so many days of one before it in the same case."""
        lagged = "SELECT c.us, LAG(c.us) OVER (PARTITION BY c.case_no ORDER BY c.seq) AS before_us FROM contacts AS c"
        return self._one(f"SELECT COUNT(*) FROM ({lagged}) AS l WHERE l.us - l.before_us <= {days * DAY_US}")

    def while_ours(self, moves: Sequence[Move]) -> int:
        """Contacts at a moment at which, of what has to come, the first that had not come yet was ours."""
        if not moves:
            return 0
        firsts = ", ".join(
            f"MIN(CASE WHEN {is_one_of('e.activity', move.codes)} THEN e.seq END) AS t{n}"
            for n, move in enumerate(moves)
        )
        next_move = " ".join(
            f"WHEN m.t{n} IS NULL OR m.t{n} > c.seq THEN {int(move.is_ours)}" for n, move in enumerate(moves)
        )
        came = (
            f"SELECT e.case_no, {firsts} FROM events AS e WHERE e.us <= {self.judging.now} GROUP BY e.case_no"
        )
        return self._one(
            f"SELECT COUNT(CASE WHEN (CASE {next_move} ELSE 0 END) = 1 THEN 1 END) FROM contacts AS c "
            f"JOIN ({came}) AS m ON m.case_no = c.case_no"
        )

    def after_violation(self, requirements: Sequence[str]) -> int:
        """Contacts later than a violated activation, or in a case in which a rule that is judged per case was violated."""
        since = []
        for name in requirements:
            n, plan = self.judging.index(name), self.judging.plans[name]
            if plan.activations:
                since.append(
                    f"SELECT a.case_no, a.us FROM acts_{n} AS a JOIN judged AS j ON j.case_no = a.case_no "
                    f"WHERE a.verdict = {VIOLATED} AND j.v{n} < {NOT_ACTIVATED}"
                )
            else:
                since.append(f"SELECT j.case_no, j.first_us AS us FROM judged AS j WHERE j.v{n} = {VIOLATED}")
        if not since:
            return 0
        first = (
            f"SELECT s.case_no, MIN(s.us) AS us FROM ({' UNION ALL '.join(since)}) AS s GROUP BY s.case_no"
        )
        return self._one(
            f"SELECT COUNT(*) FROM contacts AS c JOIN ({first}) AS f ON f.case_no = c.case_no WHERE c.us > f.us"
        )

    def after_closing(self) -> int | None:
        """Contacts in a case that had been closed before them; None where the events do not say when a case closes."""
        if self.judging.log.end_of_file:
            return None
        return self._one(
            "SELECT COUNT(*) FROM contacts AS c JOIN cases AS k ON k.case_no = c.case_no WHERE c.us > k.closed_us"
        )

    def contacted(self, requirement: str) -> Contacted:
        """The cases of a requirement by verdict, and how many of them had contact."""
        n = self.judging.index(requirement)
        rows = self.judging.engine.run(
            f"SELECT j.v{n}, COUNT(*), COUNT(c.case_no) FROM judged AS j "
            "LEFT JOIN (SELECT DISTINCT x.case_no FROM contacts AS x) AS c ON c.case_no = j.case_no "
            f"WHERE j.v{n} IN ({FULFILLED}, {VIOLATED}) GROUP BY j.v{n}"
        )
        by = {int(verdict): (int(cases), int(with_contact)) for verdict, cases, with_contact in rows}
        return Contacted(*by.get(VIOLATED, (0, 0)), *by.get(FULFILLED, (0, 0)))

    def _one(self, sql: str) -> int:
        return int(self.judging.engine.run(sql)[0][0] or 0)
