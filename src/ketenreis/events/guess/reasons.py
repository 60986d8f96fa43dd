"""Why was something chosen? A choice with its confidence, a sentence in Dutch and English, and what else it could be."""

from dataclasses import dataclass

from ketenreis.events.mapping import Mapping


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was chosen.

    Attributes:
        choice: What was chosen, as a key of the mapping ("columns.case").
        value: The choice.
        confidence: 0 to 1; below 0.6 worth a look.
        nl: A sentence in Dutch.
        en: A sentence in English.
        others: What else it could be, best first.
    """

    choice: str
    value: str
    confidence: float
    nl: str
    en: str
    others: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The reason as plain values."""
        return {
            "choice": self.choice,
            "value": self.value,
            "confidence": round(self.confidence, 2),
            "nl": self.nl,
            "en": self.en,
            "others": list(self.others),
        }


@dataclass(frozen=True, slots=True)
class Guess:
    """A proposed mapping and the reasons for it."""

    mapping: Mapping
    reasons: tuple[Reason, ...]

    def reason(self, choice: str) -> Reason | None:
        """The reason for one choice, if that was made."""
        return next((each for each in self.reasons if each.choice == choice), None)

    def lines(self, language: str) -> list[str]:
        """The reasons as sentences in "nl" or "en", with the runners-up."""
        or_else = "of" if language == "nl" else "or"
        return [
            (each.nl if language == "nl" else each.en)
            + (f" ({or_else}: {', '.join(each.others)})" if each.others else "")
            for each in self.reasons
        ]
