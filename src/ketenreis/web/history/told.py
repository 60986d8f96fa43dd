"""What did an edit do, in a sentence?"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ketenreis.model import KIND, RELATION, Field, Model
from ketenreis.model.edits import Edit, Insert, Move, Relate, Remove, Unrelate, Update
from ketenreis.reports.changes import Change, in_words
from ketenreis.reports.valued import shown
from ketenreis.web.elements.fields import fields_of
from ketenreis.web.words import say


def names_in(edits: Iterable[Edit]) -> Mapping[str, str]:
    """What a change itself calls the elements that it makes or removes."""
    return {edit.element.id: str(edit.element.name) for edit in edits if isinstance(edit, (Insert, Remove))}


def told(edit: Edit, model: Model, language: str, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """An edit in words.

    Args:
        edit: What was done.
        model: For names of what still exists.
        language: "nl" or "en".
        names: For names of what no longer does.
    """

    def called(element: str) -> str:
        return model.name(element) if element in model else names.get(element, element)

    match edit:
        case Insert(element):
            return say(
                language, "history.insert", kind=getattr(KIND[element.kind], language), name=element.name
            )
        case Remove(element):
            return say(
                language, "history.remove", kind=getattr(KIND[element.kind], language), name=element.name
            )
        case Update(name, field, old, new):
            row = next((one for one in _fields(name, model) if one.name == field), None)
            if row is not None:
                return in_words(Change("changed", model[name], row, None, old, new), language, model, model)
            # The element is gone, and what its field was called with it.
            row = Field(field, "text", field, field)
            before, after = (shown(value, row, language, model) for value in (old, new))
            return say(language, "history.update", name=called(name), field=field, old=before, new=after)
        case Move(name, _, _, parent):
            return say(language, "history.move", name=called(name), parent=called(parent) if parent else "–")
        case Relate(edge) | Unrelate(edge):
            relation = getattr(RELATION[edge.relation], language)
            ends = {
                "source": called(edge.source),
                "relation": relation,
                "target": called(edge.target),
            }
            return say(language, f"history.{'relate' if isinstance(edit, Relate) else 'unrelate'}", **ends)


def _fields(name: str, model: Model) -> tuple[Field, ...]:
    """The fields of an element that still exists."""
    return tuple(fields_of(model[name])) if name in model else ()
