"""Which journey does a pasted list of steps describe: what the customer does, asks, wants and feels?"""

from types import MappingProxyType

from ketenreis.findings import Finding, Place
from ketenreis.model import Element, Model
from ketenreis.notation.columns import STEP_COLUMNS, Line, feeling, read_columns, unread
from ketenreis.notation.imported import Imported
from ketenreis.notation.slugs import propose

_FEELING = next(column for column in STEP_COLUMNS if column.name == "feeling")


def read_step_table(text: str, name: str = "", file: str = "-") -> Imported:
    r"""Reads a journey that was pasted as a list of steps.

    Args:
        text: One step a line, with phase, what the customer does, touchpoint, channel, question, wish and feeling; in any
            order under a header in Dutch or English, or in the usual order without one. A phase holds until the next is
            named; a line without a step goes on with the one above.
        name: What the journey is called.
        file: What to call the text in findings.

    Returns:
        The journey with its phases and steps in the order of the lines. Feelings and pain points are assumed: a list does not
        say who observed them. Findings say of which line nothing was understood.

    Example:
        >>> brought = read_step_table("Fase\tStap\tKlantvraag\nKiezen\tVergelijken\tWat past bij mij?\n", "Bestellen").model
        >>> [(element.kind, element.name) for element in brought]
        [('journey', 'Bestellen'), ('phase', 'Kiezen'), ('step', 'Vergelijken'), ('question', 'Wat past bij mij?')]
    """
    table = read_columns(text, STEP_COLUMNS, file)
    reader = _Reader(file, name)
    reader.findings += table.findings
    for line in table.lines:
        reader.read(line)
    return Imported(Model.of(reader.elements.values()), tuple(reader.findings), file=file)


class _Reader:
    """Collects the elements of one journey, line by line."""

    def __init__(self, file: str, name: str) -> None:
        self.file = file
        self.elements: dict[str, Element] = {}
        self.findings: list[Finding] = []
        self.journey = self.add("journey", None, name=name)
        self.phase = self.step = ""

    def add(self, kind: str, parent: str | None, said: str = "", **fields: object) -> str:
        """A new element; `said` gives it its id where it has no name."""
        name = str(fields.get("name") or said)
        element_id = propose(name, parent or "", kind, self.elements)
        filled = MappingProxyType({key: value for key, value in fields.items() if value})
        self.elements[element_id] = Element(element_id, kind, parent, filled)
        return element_id

    def read(self, line: Line) -> None:
        phase, step = line.get("phase"), line.get("step") or line.get("action")
        if phase and (not self.phase or self.elements[self.phase].name.casefold() != phase.casefold()):
            self.phase, self.step = self.add("phase", self.journey, name=phase), ""
        if step:
            action = line.cells.get("action", "") if line.get("step") else ""
            self.step = self.add(
                "step", self.phase or self.journey, name=step, action=action, feelings=self.feelings(line)
            )
        if not self.step:
            if set(line.cells) - {"phase"}:
                about, place = {"column": "step"}, Place(self.file, line.number)
                self.findings.append(
                    Finding("table_line_without_name", "warning", parameters=about, place=place)
                )
            return
        channel = line.get("channel")
        for touchpoint in line.parts("touchpoint") or ((channel,) if channel else ()):
            self.add("touchpoint", self.step, name=touchpoint, channel=channel)
        for question in line.parts("question"):
            self.add("question", self.step, question, text=question)
        before = sum(e.kind == "wish" and e.parent == self.step for e in self.elements.values())
        for rank, wish in enumerate(line.parts("wish"), before + 1):
            self.add("wish", self.step, wish, text=wish, rank=rank)
        for pain in line.parts("pain_point"):
            self.add("pain_point", self.step, pain, text=pain, basis="assumed")

    def feelings(self, line: Line) -> tuple[MappingProxyType[str, object], ...]:
        """What the customer is assumed to feel; nothing when the cell is empty or does not say."""
        said = line.get("feeling")
        if not said:
            return ()
        score = feeling(said)
        if score is None:
            self.findings.append(unread(_FEELING, line, self.file))
            return ()
        return (MappingProxyType({"score": score, "basis": "assumed"}),)
