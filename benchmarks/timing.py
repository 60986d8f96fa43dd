"""Side by side: contestants take turns, so that whatever else the machine does falls on all of them alike."""

import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Round:
    """One run: seconds of the clock, seconds of work on all cores, and what came out."""

    seconds: float
    cpu: float
    result: Any


@dataclass(frozen=True, slots=True)
class Timing:
    """The warm rounds of one contestant; the result of the last."""

    name: str
    rounds: tuple[Round, ...]

    @property
    def best(self) -> float:
        """The fastest round: the least disturbed."""
        return min(each.seconds for each in self.rounds)

    @property
    def middle(self) -> float:
        """The median of the rounds."""
        return median(each.seconds for each in self.rounds)

    @property
    def work(self) -> float:
        """Seconds of work in the cheapest round."""
        return min(each.cpu for each in self.rounds)

    @property
    def result(self) -> Any:
        """What came out."""
        return self.rounds[-1].result


def here(work: Callable[[], Any]) -> Callable[[], Round]:
    """A contestant that runs in this process."""

    def run() -> Round:
        began, worked = time.perf_counter(), time.process_time()
        result = work()
        return Round(time.perf_counter() - began, time.process_time() - worked, result)

    return run


class Worker:
    """A contestant in another environment: a process that stays, and answers each line with a round as JSON."""

    def __init__(self, python: Path, module: str, *arguments: object) -> None:
        command = [str(python), "-W", "ignore", "-m", module, *map(str, arguments)]
        # Libraries greet at length; what they say is shown only when something fails.
        self._said = tempfile.TemporaryFile("w+")  # noqa: SIM115  closed on exit
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said, text=True, cwd=ROOT
        )

    def __call__(self) -> Round:
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise RuntimeError(process.args)
        process.stdin.write("again\n")
        process.stdin.flush()
        for line in process.stdout:  # a library may print on its own account
            if line.startswith('{"round":'):
                return Round(**json.loads(line)["round"])
        process.wait()
        self._said.seek(0)
        raise RuntimeError(f"{process.args} ended with {process.returncode}: {self._said.read()[-2000:]}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process.wait()
        self._said.close()


def race(
    contestants: Mapping[str, Callable[[], Round]], rounds: int = 3, *, same: bool = True
) -> dict[str, Timing]:
    """Runs every contestant once to warm up and then in turn.

    With `same`, times count only when all give an equal result in every round.
    """
    found: dict[str, list[Round]] = {name: [] for name in contestants}
    expected: Any = None
    for number in range(rounds + 1):
        for name, run in contestants.items():
            done = run()
            expected = done.result if expected is None else expected
            if same and done.result != expected:
                raise AssertionError(f"{name} does not agree: {done.result} against {expected}")
            if number:
                found[name].append(done)
    return {name: Timing(name, tuple(done)) for name, done in found.items()}
