"""Reads a condition's text into its tree.

    condition   = conjunction { "or" conjunction }
    conjunction = negation { "and" negation }
    negation    = "not" negation | "(" condition ")" | test
    test        = name ( operator value | "in" "(" value { "," value } ")" | "is" ["not"] "missing" )
    name        = [ "a." | "b." ] ( word | `any text` )
    value       = "text" | 'text' | number [ unit ] | true | false | word | a.name | b.name

A bare word after an operator is text, so `persona = gezin` reads as it sounds.
"""

import re
from decimal import Decimal

from ketenreis.conditions.tree import (
    RESERVED,
    All,
    Any_,
    Comparison,
    Condition,
    Literal,
    Missing,
    Name,
    Not,
    OneOf,
)
from ketenreis.errors import ConditionError, QuantityError
from ketenreis.quantity import Duration

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    | (?P<number>-?\d+(?:\.\d+)?(?![\w.]))
    | (?P<operator><=|>=|!=|<>|==|=|<|>|\(|\)|,)
    | (?P<quoted>(?:[ab]\.)?`[^`]+`)
    | (?P<word>[^\W\d][\w:\-.]*)
    )""",
    re.VERBOSE,
)
_OPERATORS = {"=": "=", "==": "=", "!=": "!=", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def parse(text: str) -> Condition:
    """Reads a condition.

    Args:
        text: For example `channel = "web" and age >= 67`, `a.parcel = b.parcel`, `reason is missing`.

    Returns:
        The tree; `str()` of it is the condition in its canonical form.

    Raises:
        ConditionError: It cannot be read; the message shows how far it went.

    Example:
        >>> str(parse("channel='web' and not (age<67 or reason is missing)"))
        'channel = "web" and not (age < 67 or reason is missing)'
    """
    reader = _Reader(text)
    condition = reader.condition()
    if reader.kind:
        raise reader.error("the condition could have ended here")
    return condition


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.end = 0
        self.advance()

    def advance(self) -> None:
        self.start = self.end
        found = _TOKEN.match(self.text, self.end)
        if found:
            self.kind, self.token, self.end = found.lastgroup or "", found[found.lastgroup or 0], found.end()
        elif self.text[self.end :].strip():
            raise self.error("this is not a word, a number, quoted text or an operator")
        else:
            self.kind, self.token = "", ""

    def error(self, reason: str) -> ConditionError:
        rest = self.text[self.start :].strip()
        where = f"at “{rest[:30]}”" if rest else "at its end"
        return ConditionError(
            f"The condition “{self.text.strip()}” cannot be read {where}: {reason}. "
            'For example: channel = "web" and age >= 67'
        )

    def take(self, token: str) -> bool:
        if self.kind in ("operator", "word") and self.token.lower() == token:
            self.advance()
            return True
        return False

    def expect(self, token: str) -> None:
        if not self.take(token):
            raise self.error(f"{token!r} was expected")

    def condition(self) -> Condition:
        parts = [self.conjunction()]
        while self.take("or"):
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else Any_(tuple(parts))

    def conjunction(self) -> Condition:
        parts = [self.negation()]
        while self.take("and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def negation(self) -> Condition:
        if self.take("not"):
            return Not(self.negation())
        if self.take("("):
            inner = self.condition()
            self.expect(")")
            return inner
        return self.test()

    def test(self) -> Condition:
        left = self.name()
        if self.take("is"):
            is_not = self.take("not")
            self.expect("missing")
            return Not(Missing(left)) if is_not else Missing(left)
        if self.take("in"):
            self.expect("(")
            values = [self.literal()]
            while self.take(","):
                values.append(self.literal())
            self.expect(")")
            return OneOf(left, tuple(values))
        operator = _OPERATORS.get(self.token) if self.kind == "operator" else None
        if operator is None:
            raise self.error("one of = != < <= > >= in, is missing was expected")
        self.advance()
        if self.kind in ("quoted", "word") and self.token[:2] in ("a.", "b."):
            return Comparison(left, operator, self.name())
        return Comparison(left, operator, self.literal())

    def name(self) -> Name:
        if self.kind not in ("quoted", "word") or self.token.lower() in RESERVED:
            raise self.error("the name of an attribute was expected")
        token = self.token
        self.advance()
        of, token = (token[0], token[2:]) if token[:2] in ("a.", "b.") else ("", token)
        return Name(token.strip("`"), of)

    def literal(self) -> Literal:
        kind, token = self.kind, self.token
        if kind not in ("text", "number", "word") or (kind == "word" and token.lower() in RESERVED):
            raise self.error("a value was expected")
        self.advance()
        if kind == "text":
            return re.sub(r"\\(.)", r"\1", token[1:-1])
        if kind == "word":
            return {"true": True, "false": False}.get(token.lower(), token)
        return self.duration(token) or Decimal(token)

    def duration(self, number: str) -> Duration | None:
        if self.kind != "word" or self.token.lower() in RESERVED:
            return None
        try:
            found = Duration.parse(f"{number} {self.token}")
        except QuantityError as problem:
            raise self.error(str(problem)) from problem
        self.advance()
        return found
