"""Which SQL reads a column of a file, given what a mapping says of it? Texts without missing marks, times, numbers, ids."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from ketenreis.events import vocabulary
from ketenreis.events.engine import name as quoted
from ketenreis.events.mapping import Mapping
from ketenreis.events.readers.sample import Column, Sample
from ketenreis.events.staged_table import StagedAttribute
from ketenreis.events.store import AttributeType
from ketenreis.events.times import UNREADABLE, Writing, guess, literal, reading, says_zone

READ_MISSING = 0.01
"""Share of a column's values that may fail to read as its type before the column is taken as plain text."""


class ReadColumn:
    """A column, with what its sampled values say, asked once."""

    def __init__(self, column: Column, mapping: Mapping) -> None:
        self.column = column
        self.name = quoted(column.name)
        self._mapping = mapping

    @cached_property
    def values(self) -> Counter[str]:
        """The sampled values that are not missing, with how often."""
        marks = set(self._mapping.marks)
        return Counter(value for value in self.column.filled if value not in marks)

    @cached_property
    def writing(self) -> Writing:
        """How these are written as times."""
        return guess(list(self.values.elements()))

    @cached_property
    def type(self) -> AttributeType:
        """The type that the values have in common."""
        if self.column.kind != "text":
            return self.column.kind
        if self.column.name in self._mapping.dates_as_events:
            return "moment"  # whatever else stands there: what is no date is no event
        count = self.values.total()
        if not count:
            return "category"
        if all(value.lower() in vocabulary.TRUTHS for value in self.values):
            return "truth"
        number = re.compile(rf"-?(0|[1-9]\d*)?({re.escape(self._mapping.decimal or '.')}\d+)?([eE][-+]?\d+)?")
        unlike = sum(often for value, often in self.values.items() if not number.fullmatch(value.strip()))
        if unlike <= count * READ_MISSING and not self._is_identifier:
            return "number"
        if self.column.name in self._mapping.date_formats or self.writing.share > 1 - READ_MISSING:
            return "moment"
        return "category"

    @property
    def _is_identifier(self) -> bool:
        """Whether whole numbers are names rather than amounts: a column called id, number or code."""
        called = re.search(
            r"\b(id|nr|nummer|number|code|postcode|zip|phone|telefoon|key)\b",
            vocabulary.plain(self.column.name),
        )
        return bool(called) and all(re.fullmatch(r"\d+", value) for value in list(self.values)[:100])

    @property
    def says_zone(self) -> bool:
        """Whether times in it carry their offset, or may."""
        return not self.column.values or says_zone(
            self._mapping.formats(self.column.name), self.writing.offsets
        )

    def text(self, marks: Sequence[str] | None = None) -> str:
        """SQL of the column as text, without its missing marks."""
        if self.column.kind == "truth":
            return f"CASE WHEN {self.name} THEN 'true' WHEN NOT {self.name} THEN 'false' END"
        if self.column.kind == "number":
            whole = f"CAST({self.name} AS BIGINT)"
            return f"CASE WHEN {self.name} = {whole} THEN {whole}::VARCHAR ELSE {self.name}::VARCHAR END"
        if self.column.kind == "moment":
            return f"{self.name}::VARCHAR"
        marks = self._mapping.marks if marks is None else marks
        if not marks:
            return self.name  # the readers give the empty text as null
        listed = ", ".join(literal(mark) for mark in marks)
        return f"CASE WHEN {self.name} NOT IN ({listed}) THEN {self.name} END"

    def time(self, formats: Sequence[str] = ()) -> str:
        """SQL of the column as microseconds UTC: null when empty, UNREADABLE when it is no time."""
        if self.column.kind == "moment":
            expression = self.name
            if self._mapping.zone != "UTC" and not self.column.zoned:
                expression = f"timezone({literal(self._mapping.zone)}, {expression}::TIMESTAMP)"
            return f"epoch_us({expression})"
        formats = formats or self._mapping.formats(self.column.name)
        return unread(self.text(), formats, self._mapping, zoned=self.says_zone)

    def attribute(self, type_: AttributeType) -> str:
        """SQL of the column as an attribute."""
        if type_ == "moment":
            known = self.column.name in self._mapping.date_formats or self.column.kind != "text"
            return self.time(() if known else self.writing.formats or ("iso",))
        if type_ == "number":
            if self.column.kind == "number":
                return f"{self.name}::DOUBLE"
            text = self.text()
            amount = f"replace({text}, ',', '.')" if self._mapping.decimal == "," else text
            return f"CASE WHEN ({text}) IS NOT NULL THEN COALESCE(TRY_CAST({amount} AS DOUBLE), 'NaN'::DOUBLE) END"
        return f"lower({self.text()})" if type_ == "truth" else self.text()


def unread(text: str, formats: Sequence[str], mapping: Mapping, *, zoned: bool = True) -> str:
    """SQL that reads a text as a time, and tells what is none from what is empty."""
    read = reading(f"({text})", formats, mapping.zone, offsets=zoned)
    return f"CASE WHEN ({text}) IS NOT NULL THEN COALESCE({read}, {UNREADABLE}) END"


class ReadColumns:
    """The columns of a file as a mapping means them."""

    def __init__(self, sample: Sample, mapping: Mapping) -> None:
        self.mapping = mapping
        self.sample = sample
        self.by_name = {each.name: ReadColumn(each, mapping) for each in sample.columns}

    def role(self, role: str) -> ReadColumn | None:
        """The column with a role, if there is one."""
        return self.by_name.get(self.mapping.columns.get(role, ""))

    def attribute(self, each: StagedAttribute) -> str:
        """SQL of an attribute's value."""
        return self.by_name[each.source].attribute(each.type)

    def case(self) -> str:
        """SQL of the case id: only blanks are missing, for a case may be called NA."""
        column = self.by_name[self.mapping.columns["case"]]
        if self.mapping.cases_in_list:
            return f"NULLIF(NULLIF(trim({column.name}, '[]() '), ''), '''''')"
        text = column.text([mark for mark in self.mapping.marks if not mark.strip()])
        instead = self.mapping.case_without_id
        return f"COALESCE({text}, {literal(instead)})" if instead else text

    def moment(self, role: str) -> str:
        """SQL of an event's time."""
        column = self.by_name[self.mapping.columns[role]]
        second = self.role("time_of_day")
        if role == "time" and second:
            text = f"NULLIF(concat_ws(' ', {column.text()}, {second.text()}), '')"
            return unread(text, self.mapping.formats(column.column.name), self.mapping)
        return column.time()

    def ids(self) -> list[str]:
        """SQL of the id, or of the list of ids, of each type of object, where a mapping names several."""
        if not self.mapping.objects:
            return []
        return [self._ids(self.by_name[column]) for column in self.mapping.types.values()]

    def _ids(self, column: ReadColumn) -> str:
        filled = column.column.filled
        if column.column.kind == "text" and filled and all(each.strip()[:1] in "[(" for each in filled):
            split = f"string_split(trim({column.name}, '[]() '), ',')"
            plain = f"list_transform({split}, lambda x : trim(x, ' ''\"'))"
            read = f"CASE WHEN json_valid({column.name}) THEN from_json({column.name}, '[\"VARCHAR\"]') ELSE {plain} END"
            return f"[x FOR x IN list_distinct({read}) IF x <> '']"
        if column.column.name == self.mapping.columns.get("case"):
            return self.case()
        return f"NULLIF(trim({column.text()}), '')"


def id_column(number: int) -> str:
    """The column of `staged` with the ids of the objects of a mapping's i-th type: a text, or a list of texts."""
    return f"o_{number}"
