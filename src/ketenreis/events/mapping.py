"""Which column, label and format of a source means what: one small value, read from and written to YAML."""

import difflib
from collections import abc
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

import yaml

from ketenreis.errors import MappingError, UnreadableFileError
from ketenreis.events.periods import Period

END_OF_FILE = "end_of_file"

ROLES = ("case", "activity", "time", "time_of_day", "start", "lifecycle")
"""Column roles the normal form itself needs; every other key under `columns` names an attribute."""

PERSONAL_ROLES = ("employee", "customer")
"""Attributes that are replaced by pseudonyms at import, unless `readable` names them."""

Columns = abc.Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a source's columns, formats and labels mean. What it leaves open is guessed from the file.

    Attributes:
        source: Name of the source; a second import under the same name replaces the first.
        object: Type of the object that the case column names ("case", "order").
        objects: Columns with ids of objects of other types, by type ("customer", "delivery"): an event belongs to each
            object that its row names. A cell may hold a list such as `['o1','o2']`.
        join: By type, another type whose objects an event is given to when its row names none of them: the one that
            was under way for it at that moment (`customer: delivery`, or with `{to, since, until, grace}` from which
            event until which, and how much longer).
        columns: Column by role (`case`, `activity`, `time`, `time_of_day`, `start`, `lifecycle`) or by the
            attribute name you choose (`channel`, `department`, `employee`, `customer`, `deadline` …). A column
            that is not named here becomes an attribute under its own name.
        cases_in_list: The case column holds lists such as `['o1','o2']`; the event belongs to each of them.
        case_without_id: Id of the case whose rows have no id: a tool that took the case called NA for "missing".
        missing: Texts that mean "no value". The empty text always does.
        dates_as_events: Columns holding a date of the case that counts as an event, with the event's label.
        closed: "end_of_file", or the label or element id that closes a case.
        closing: The same for objects of the other types, by type.
        labels: Element ids by event label.
        departments: The department of the model by a value of the column `department`, where they are called otherwise.
        ignore: Columns to leave out.
        readable: Columns with names of people that stay readable all the same.
        personal: Columns with names of people beside those under `employee` and `customer`.
        separator: Between the fields of a text file.
        quote: Around a field that holds a separator; empty for none.
        encoding: Of a text file.
        header: Whether the first row names the columns.
        decimal: Decimal mark of numbers, "." or ",".
        time_format: How times are written: "iso", "seconds", "milliseconds", "microseconds", "nanoseconds" (since
            1970), "excel" (days since 1900) or strptime patterns, tried in order.
        date_formats: The same for single columns that differ.
        time_zone: Zone of times without an offset; "UTC" takes them as written.
        sheet: Sheet of a workbook; the one with most rows when null.
        query: The question to put to a database.
    """

    source: str = ""
    object: str = "case"
    columns: Columns = field(default_factory=dict, hash=False)
    objects: Columns = field(default_factory=dict, hash=False)
    join: abc.Mapping[str, Period] = field(default_factory=dict, hash=False)
    cases_in_list: bool | None = None
    case_without_id: str | None = None
    missing: tuple[str, ...] | None = None
    dates_as_events: Columns = field(default_factory=dict, hash=False)
    closed: str = END_OF_FILE
    closing: Columns = field(default_factory=dict, hash=False)
    labels: abc.Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    departments: Columns = field(default_factory=dict, hash=False)
    ignore: tuple[str, ...] = ()
    readable: tuple[str, ...] = ()
    personal: tuple[str, ...] | None = None
    separator: str | None = None
    quote: str | None = None
    encoding: str | None = None
    header: bool | None = None
    decimal: str | None = None
    time_format: tuple[str, ...] = ()
    date_formats: abc.Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    time_zone: str | None = None
    sheet: str | None = None
    query: str | None = None

    @property
    def types(self) -> Columns:
        """The id column of every type of object, the type of the cases first."""
        case = self.columns.get("case")
        first = {self.object: case} if case else {}
        return {**first, **{type_: column for type_, column in self.objects.items() if type_ not in first}}

    def settled(self) -> "Mapping":
        """The same mapping, with the case column among the objects' columns found: the one of `object`, or the first.

        Raises:
            MappingError: Two columns are said to hold one type, or a join is with a type that is not there.
        """
        if not self.objects:
            if self.join:
                raise MappingError("`join` needs `objects`: which column holds the ids of which type?")
            return self
        columns, kind = dict(self.columns), self.object
        if "case" not in columns:
            kind = kind if kind in self.objects else next(iter(self.objects))
            columns["case"] = self.objects[kind]
        else:
            alike = [type_ for type_, column in self.objects.items() if column == columns["case"]]
            if kind not in self.objects and alike:
                kind = alike[0]
            elif self.objects.get(kind, columns["case"]) != columns["case"]:
                raise MappingError(
                    f"The ids of “{kind}” stand in “{self.objects[kind]}” according to `objects` and in "
                    f"“{columns['case']}” according to `columns: case`. Which is it?"
                )
        whole = replace(self, object=kind, columns=columns)
        for parent, period in self.join.items():
            if parent not in whole.types or parent == period.to:
                raise MappingError(
                    f"`join: {{{parent}: {period.to}}}` gives events of a “{parent}” to another type; the types of this "
                    f"source are {', '.join(whole.types)}."
                )
        return whole

    @property
    def zone(self) -> str:
        """Zone of times without an offset."""
        return self.time_zone or "UTC"

    @property
    def marks(self) -> tuple[str, ...]:
        """Texts that mean "no value", besides the empty one."""
        return tuple(mark for mark in self.missing or () if mark)

    @property
    def attributes(self) -> Columns:
        """The columns that are attributes under a name of their own, by that name."""
        return {name: column for name, column in self.columns.items() if name not in ROLES}

    def formats(self, column: str) -> tuple[str, ...]:
        """How times in a column are written."""
        return self.date_formats.get(column, self.time_format or ("iso",))

    def is_personal(self, column: str) -> bool:
        """Whether a column's names are replaced by pseudonyms."""
        said = {*(self.personal or ()), *(self.columns.get(role, "") for role in PERSONAL_ROLES)}
        return bool(column) and column in said and column not in self.readable

    def completed(self, guessed: "Mapping") -> "Mapping":
        """This mapping, with what it leaves open taken from a guess.

        What is named stays. Columns with names of people are added to those to hide: better once too often.
        """
        columns = dict(self.columns)
        taken = {*columns.values(), *self.ignore, *self.objects.values()}
        milestones = self.dates_as_events and "activity" not in columns
        for role, column in guessed.columns.items():
            if role not in columns and column not in taken and not (milestones and role in ROLES):
                columns[role] = column
        if "lifecycle" in columns and "lifecycle" not in self.columns and "start" in self.columns:
            del columns["lifecycle"]
        people = [guessed.columns[role] for role in PERSONAL_ROLES if role in guessed.columns]
        open_ = {
            key: getattr(guessed, key)
            for key in _LEFT_OPEN
            if getattr(self, key) is None or getattr(self, key) == ()
        }
        if not self.dates_as_events and not {"activity", "time"} & self.columns.keys():
            open_ |= {"dates_as_events": guessed.dates_as_events}
        if guessed.objects and not self.objects and columns.get("case") == guessed.columns.get("case"):
            open_ |= {"objects": guessed.objects, "cases_in_list": False}
            open_ |= {"object": guessed.object} if self.object == "case" else {}
        whole = replace(self, columns=columns, **open_)
        whole = replace(whole, date_formats={**guessed.date_formats, **self.date_formats})
        if self.personal is None:
            hidden = dict.fromkeys([*(guessed.personal or ()), *people])
            named = [columns.get(role) for role in PERSONAL_ROLES]
            whole = replace(whole, personal=tuple(each for each in hidden if each not in named))
        return whole

    def with_source(self, name: str) -> "Mapping":
        """The same mapping for a source of another name."""
        return replace(self, source=name)


_LEFT_OPEN = (
    "case_without_id",
    "cases_in_list",
    "missing",
    "separator",
    "quote",
    "encoding",
    "header",
    "decimal",
    "time_format",
    "time_zone",
)
KEYS = tuple(f.name for f in fields(Mapping))
_MANY = ("missing", "ignore", "readable", "personal", "time_format")
_TRUTHS = {"true": True, "yes": True, "ja": True, "false": False, "no": False, "nee": False}


def read_mapping(path: Path | str) -> Mapping:
    """Reads a mapping file.

    Raises:
        UnreadableFileError: The file cannot be opened.
        MappingError: A key or value is not one of a mapping; the message names the nearest that is.

    Example:
        On Belmij (its mapping in `folder`):

        >>> read_mapping(folder / "orders.yaml").columns["case"]
        'ordernummer'
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFileError(f"The mapping {path} cannot be read: {error}.") from error
    return parse_mapping(text, str(path))


def parse_mapping(text: str, place: str = "the mapping") -> Mapping:
    r"""Reads a mapping from YAML text.

    Example:
        >>> parse_mapping("columns: {case: zaaknummer, time: datum}\nclosed: Zaak gesloten").closed
        'Zaak gesloten'
    """
    try:
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError as error:
        raise MappingError(f"{place} is not readable as YAML: {error}") from error
    read = {} if node is None else _plain(node, place)
    if not isinstance(read, dict):
        raise MappingError(f"{place} must hold keys such as `columns:`, not a {type(read).__name__}.")
    return from_dict(read, place)


def _plain(node: yaml.Node, place: str) -> object:
    """Texts, lists and dictionaries of a YAML node; a key said twice is refused."""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each, place) for each in node.value]
    read: dict[str, object] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in read:
            raise MappingError(f"{place}, line {key.start_mark.line + 1}: `{name}` stands there twice.")
        read[name] = _plain(value, place)
    return read


def from_dict(read: abc.Mapping[str, object], place: str = "the mapping") -> Mapping:
    """A mapping from plain texts, lists and dictionaries.

    Raises:
        MappingError: A key is unknown or a value is not of the kind the key takes.
    """
    values: dict[str, object] = {}
    for key, value in read.items():
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, 1, 0.5)
            hint = f"; did you mean `{near[0]}`?" if near else f"; the keys are {', '.join(KEYS)}."
            raise MappingError(f"{place} has a key `{key}` that a mapping does not know{hint}")
        values[key] = _typed(key, value, place)
    return Mapping(**values)  # type: ignore[arg-type]  # each value was typed by its key just above


def _typed(key: str, value: object, place: str) -> object:
    """A value as the kind its key takes."""
    if key in _MANY:
        return _texts(key, value, place)
    if key in {"labels", "date_formats"}:
        return {
            name: _texts(f"{key}: {name}", each, place) for name, each in _table(key, value, place).items()
        }
    if key == "join":
        return {
            name: Period.read(each, f"{place}: `join: {name}`")
            for name, each in _table(key, value, place).items()
        }
    if key in {"columns", "objects", "closing", "dates_as_events", "departments"}:
        return {
            name: _text(f"{key}: {name}", each, place) for name, each in _table(key, value, place).items()
        }
    if key in {"header", "cases_in_list"}:
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value.lower() in _TRUTHS:
            return _TRUTHS[value.lower()]
        raise MappingError(f"{place}: `{key}` is yes or no, not {value!r}.")
    return _text(key, value, place)


def _text(key: str, value: object, place: str) -> str:
    if isinstance(value, str):
        return value
    raise MappingError(f"{place}: `{key}` takes one text, not {value!r}.")


def _texts(key: str, value: object, place: str) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list | tuple):
        return tuple(_text(key, each, place) for each in value)
    raise MappingError(f"{place}: `{key}` takes one text or a list of texts, not {value!r}.")


def _table(key: str, value: object, place: str) -> abc.Mapping[str, object]:
    if isinstance(value, abc.Mapping):
        return value
    raise MappingError(f"{place}: `{key}` takes `name: value` pairs, not {value!r}.")


def to_dict(mapping: Mapping) -> dict[str, object]:
    """The mapping as plain texts, lists and dictionaries, without what stands at its default."""
    plain = Mapping()
    written: dict[str, object] = {}
    for key in KEYS:
        value = getattr(mapping, key)
        if value is None or (key != "closed" and value == getattr(plain, key)):
            continue
        if isinstance(value, abc.Mapping):
            value = {n: _plainly(v) for n, v in value.items()}
        elif isinstance(value, tuple):
            value = _short(value) if key == "time_format" else list(value)
        written[key] = value
    return written


def _plainly(value: object) -> object:
    """What stands in a table, as plain values."""
    if isinstance(value, Period):
        return value.plain()
    return _short(value) if isinstance(value, tuple) else value


def _short(values: tuple[str, ...]) -> str | list[str]:
    """One text where there is one, else the list."""
    return values[0] if len(values) == 1 else list(values)


def write_mapping(mapping: Mapping) -> str:
    """The mapping as canonical YAML: keys in a fixed order, defaults left out.

    Example:
        >>> print(write_mapping(Mapping(source="zaken", columns={"case": "zaaknummer"})), end="")
        source: zaken
        columns: {case: zaaknummer}
        closed: end_of_file
    """
    lines = []
    for key, value in to_dict(mapping).items():
        # YAML's "None" style keeps only the innermost level on one line; tables of labels read better one a line.
        inner = list(value.values()) if isinstance(value, dict) else []
        one_a_line = key in {"labels", "dates_as_events", "departments"} and all(
            isinstance(each, str) for each in inner
        )
        block = one_a_line or not isinstance(value, dict | list)
        said = {key: value}
        text = yaml.dump(
            said,
            Dumper=_Dumper,
            allow_unicode=True,
            sort_keys=False,
            width=10**6,
            default_flow_style=False if block else None,
        )
        lines.append(text)
    return "".join(lines)


class _Dumper(yaml.SafeDumper):
    """Writes without anchors, which a mapping does not have."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  # the signature is PyYAML's
        """Never an anchor."""
        return True
