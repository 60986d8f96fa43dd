"""What did an edit do, in a sentence?"""

from ketenreis.model import RELATION, Model
from ketenreis.model.edits import Edit, Insert, Move, Relate, Remove, Unrelate, Update
from ketenreis.model.kinds import KIND
from ketenreis.notation.emit import emit
from ketenreis.notation.writing import tree_of
from ketenreis.web.elements.fields import fields_of
from ketenreis.web.words import say


def told(edit: Edit, model: Model, language: str) -> str:
    """An edit in words.

    Args:
        edit: What was done.
        model: For names of what still exists.
        language: "nl" or "en".
    """
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
            label, before, after = field, _shown(name, field, old, model), _shown(name, field, new, model)
            if name in model:
                label = next(
                    (getattr(one, language) for one in fields_of(model[name]) if one.name == field), field
                )
            return say(language, "history.update", name=model.name(name), field=label, old=before, new=after)
        case Move(name, _, _, parent):
            return say(
                language, "history.move", name=model.name(name), parent=model.name(parent) if parent else "–"
            )
        case Relate(edge) | Unrelate(edge):
            relation = getattr(RELATION[edge.relation], language)
            names = {
                "source": model.name(edge.source),
                "relation": relation,
                "target": model.name(edge.target),
            }
            return say(language, f"history.{'relate' if isinstance(edit, Relate) else 'unrelate'}", **names)


def _shown(name: str, field: str, value: object, model: Model) -> str:
    if value is None:
        return "–"
    if name in model:
        row = next((one for one in fields_of(model[name]) if one.name == field), None)
        if row is not None:
            tree = tree_of(value, row, model.elements)
            return (
                str(tree)
                if isinstance(tree, str)
                else " ".join(emit(tree).split())
                if isinstance(tree, dict)
                else _listed(tree)
            )
    return str(value)


def _listed(tree: object) -> str:
    return "; ".join(map(str, tree)) if isinstance(tree, list) else str(tree)
