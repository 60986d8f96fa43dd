"""BPMN 2.0: processes drawn elsewhere come in, keep their identities, and go out again unchanged but for what changed."""

from ketenreis.notation.bpmn.artist import laid_out
from ketenreis.notation.bpmn.compared import Redrawn, compared
from ketenreis.notation.bpmn.drawing import Drawing, Line, Shape, drawings
from ketenreis.notation.bpmn.read import read_bpmn
from ketenreis.notation.bpmn.vocabulary import REASONS
from ketenreis.notation.bpmn.write import WrittenBpmn, kept_file, write_bpmn

__all__ = [
    "REASONS",
    "Drawing",
    "Line",
    "Redrawn",
    "Shape",
    "WrittenBpmn",
    "compared",
    "drawings",
    "kept_file",
    "laid_out",
    "read_bpmn",
    "write_bpmn",
]
