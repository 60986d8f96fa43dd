"""What can be asked of Ketenreis that cannot be done: one exception for each situation.

A problem in somebody's model or data is never an exception but a `Finding`. These are for a caller who
asked for the impossible; every message is complete in itself and says what to do next.
"""


class KetenreisError(Exception):
    """Anything that Ketenreis refuses to do; `exit_status` is what the command line returns."""

    exit_status = 2


class UnreadableFileError(KetenreisError):
    """A file cannot be opened, decoded or recognised."""


class UnknownElementError(KetenreisError):
    """A question names an element that the model does not hold."""


class EditError(KetenreisError):
    """An edit could never fit a model: it names what the metamodel does not hold, or puts it where it cannot stand."""


class UnknownAttributeError(KetenreisError):
    """A condition or limit names an attribute that the events do not hold."""


class UnknownCalendarError(KetenreisError):
    """A clock names a calendar that the organisation does not have, or one that cannot count so."""


class PersonalSplitError(KetenreisError):
    """Figures were asked per person."""


class ConditionError(KetenreisError):
    """A condition cannot be read as one."""


class QuantityError(KetenreisError):
    """A duration, share or limit cannot be read as one."""


class StoreError(KetenreisError):
    """An event store is missing, of a newer format, or being written by somebody else."""


class MappingError(KetenreisError):
    """A mapping does not fit the file it is for."""


class UsageError(KetenreisError):
    """A command was called with words that do not fit together."""


class NoBlueprintError(KetenreisError):
    """A blueprint was asked of an element that is no journey, chain or process."""


class MissingExtraError(KetenreisError):
    """A format was asked for whose optional library is not installed."""
