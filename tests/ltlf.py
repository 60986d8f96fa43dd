"""DECLARE's templates as formulas of linear temporal logic on finite traces, and the truth of such a formula.

A trace is a sequence of letters, each moment one letter. A formula is a tuple: (operator, part, …); a letter is its own formula.

Source:
    De Giacomo and Vardi (2013), Linear Temporal Logic and Linear Dynamic Logic on Finite Traces; the templates after
    Pesic, Schonenberg and van der Aalst (2007).
"""

TRUE = ("true",)


def holds(formula, trace, i=0):
    """Whether a formula is true of a trace from moment i on. X is strong: it asks for a next moment."""
    if isinstance(formula, str):
        return i < len(trace) and trace[i] == formula
    operator, *parts = formula
    rest = range(i, len(trace))
    match operator:
        case "true":
            return True
        case "not":
            return not holds(parts[0], trace, i)
        case "and":
            return all(holds(part, trace, i) for part in parts)
        case "or":
            return any(holds(part, trace, i) for part in parts)
        case "X":
            return i + 1 < len(trace) and holds(parts[0], trace, i + 1)
        case "F":
            return any(holds(parts[0], trace, j) for j in rest)
        case "G":
            return all(holds(parts[0], trace, j) for j in rest)
        case "U":
            return any(
                holds(parts[1], trace, j) and all(holds(parts[0], trace, k) for k in range(i, j))
                for j in rest
            )
        case "W":
            return holds(("G", parts[0]), trace, i) or holds(("U", *parts), trace, i)
    raise ValueError(operator)


def implies(one, other):
    return ("or", ("not", one), other)


def existence(n, a):
    return TRUE if n == 0 else ("F", a if n == 1 else ("and", a, ("X", existence(n - 1, a))))


def alternate_response(a, b):
    return ("G", implies(a, ("X", ("U", ("not", a), b))))


def alternate_precedence(a, b):
    # Weak next: after the very last b nothing more is asked.
    own = ("or", ("not", ("X", TRUE)), ("X", ("W", ("not", b), a)))
    return ("and", ("W", ("not", b), a), ("G", implies(b, own)))


def chain_precedence(a, b):
    return ("and", ("not", b), ("G", implies(("X", b), a)))


def response(a, b):
    return ("G", implies(a, ("F", b)))


def precedence(a, b):
    return ("W", ("not", b), a)


def chain_response(a, b):
    return ("G", implies(a, ("X", b)))


TEMPLATES = {
    "choice": lambda a, b: ("or", ("F", a), ("F", b)),
    "exclusive_choice": lambda a, b: (
        "and",
        ("or", ("F", a), ("F", b)),
        ("not", ("and", ("F", a), ("F", b))),
    ),
    "responded_existence": lambda a, b: implies(("F", a), ("F", b)),
    "co_existence": lambda a, b: ("and", implies(("F", a), ("F", b)), implies(("F", b), ("F", a))),
    "response": response,
    "alternate_response": alternate_response,
    "chain_response": chain_response,
    "precedence": precedence,
    "alternate_precedence": alternate_precedence,
    "chain_precedence": chain_precedence,
    "succession": lambda a, b: ("and", response(a, b), precedence(a, b)),
    "alternate_succession": lambda a, b: ("and", alternate_response(a, b), alternate_precedence(a, b)),
    "chain_succession": lambda a, b: ("and", chain_response(a, b), chain_precedence(a, b)),
    "not_co_existence": lambda a, b: ("not", ("and", ("F", a), ("F", b))),
    "not_succession": lambda a, b: ("G", implies(a, ("not", ("F", b)))),
    "not_chain_succession": lambda a, b: ("G", implies(a, ("not", ("X", b)))),
}
"""The templates over two letters."""

COUNTED = {
    "existence": existence,
    "absence": lambda n, a: ("not", existence(n, a)),
    "exactly": lambda n, a: ("and", existence(n, a), ("not", existence(n + 1, a))),
}
"""The templates over a number and a letter; absence is fewer than n."""

ENDS = {
    "init": lambda a: a,
    "end": lambda a: ("F", ("and", a, ("not", ("X", TRUE)))),
}
"""The templates over one letter."""
