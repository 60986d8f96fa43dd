"""Which process does a pasted table describe: who does what, with what, and how long?"""

from types import MappingProxyType

from ketenreis.findings import Finding, Place
from ketenreis.model import Edge, Element, Model
from ketenreis.notation.columns import PROCESS_COLUMNS, minutes, read_columns, unread
from ketenreis.notation.imported import Imported
from ketenreis.notation.slugs import propose


def read_process_table(text: str, name: str = "", file: str = "-") -> Imported:
    r"""Reads a process that was pasted as a table.

    Args:
        text: One activity a line, with role, system, input, output and minutes; in any order under a header in Dutch or
            English, or in this order without one. A line without an activity goes on with the one above.
        name: What the process is called.
        file: What to call the text in findings.

    Returns:
        The process with its activities in the order of the lines, each followed by the next; roles, systems and outputs by
        name. An input is the output of another line of that name; findings say of which line nothing was understood.

    Example:
        >>> brought = read_process_table("Activiteit\tRol\tMinuten\nBoeken\tBalie\t5\n", "Order").model
        >>> [(element.kind, element.name) for element in brought]
        [('process', 'Order'), ('activity', 'Boeken'), ('role', 'Balie')]
    """
    table = read_columns(text, PROCESS_COLUMNS, file)
    reader = _Reader(file, name)
    reader.findings += table.findings
    for line in table.lines:
        if activity := line.get("activity"):
            reader.begin(activity)
        if not reader.activity:
            about = {"column": "activity"}
            found = Finding(
                "table_line_without_name", "warning", parameters=about, place=Place(file, line.number)
            )
            reader.findings.append(found)
            continue
        for role in line.parts("role"):
            reader.relate("performed_by", reader.shared("role", role))
        for system in line.parts("system"):
            reader.relate("uses", reader.shared("system", system))
        for output in line.parts("output"):
            reader.add_output(output)
        reader.inputs += [(reader.activity, wanted, line.number) for wanted in line.parts("input")]
        if said := line.get("minutes"):
            spent = minutes(said)
            if spent is None:
                reader.findings.append(unread(PROCESS_COLUMNS[-1], line, file))
            else:
                reader.fill("minutes", spent)
    return reader.result()


class _Reader:
    """Collects the elements of one process, line by line."""

    def __init__(self, file: str, name: str) -> None:
        self.file = file
        self.elements: dict[str, Element] = {}
        self.edges: dict[tuple[str, str, str], Edge] = {}
        self.findings: list[Finding] = []
        self.inputs: list[tuple[str, str, int]] = []
        self.outputs: dict[str, str] = {}
        self.activity = ""
        self.process = propose(name, "", "process", ())
        self.put(self.process, "process", None, name)

    def put(self, element_id: str, kind: str, parent: str | None, name: str) -> str:
        fields = MappingProxyType({"name": name} if name else {})
        self.elements[element_id] = Element(element_id, kind, parent, fields)
        return element_id

    def begin(self, name: str) -> None:
        """A next activity, which comes after the one above."""
        before, here = self.activity, propose(name, self.process, "activity", self.elements)
        self.activity = self.put(here, "activity", self.process, name)
        if before:
            self.edges["then", before, here] = Edge("then", before, here)

    def shared(self, kind: str, name: str) -> str:
        """The role or system of that name."""
        same = (
            e.id for e in self.elements.values() if e.kind == kind and e.name.casefold() == name.casefold()
        )
        return next(same, "") or self.put(propose(name, "", kind, self.elements), kind, None, name)

    def relate(self, relation: str, target: str) -> None:
        self.edges.setdefault((relation, self.activity, target), Edge(relation, self.activity, target))

    def add_output(self, name: str) -> None:
        there = self.outputs.get(name.casefold())
        if there is None or self.elements[there].parent != self.activity:
            output = self.put(
                propose(name, self.activity, "output", self.elements), "output", self.activity, name
            )
            self.outputs.setdefault(name.casefold(), output)

    def fill(self, field: str, value: object) -> None:
        was = self.elements[self.activity]
        fields = MappingProxyType({**was.fields, field: value})
        self.elements[self.activity] = Element(was.id, was.kind, was.parent, fields)

    def result(self) -> Imported:
        for activity, wanted, line in self.inputs:
            output = self.outputs.get(wanted.casefold())
            if output is not None and self.elements[output].parent != activity:
                self.edges["takes", activity, output] = Edge("takes", activity, output)
            elif output is None:
                about, place = {"value": wanted}, Place(self.file, line)
                self.findings.append(Finding("table_input_unknown", "advice", parameters=about, place=place))
        return Imported(
            Model.of(self.elements.values(), self.edges.values()), tuple(self.findings), file=self.file
        )
