"""On whose clock are the moments of a store shown?"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ketenreis.events.store import EventStore


def zone_beside(store: "EventStore") -> str:
    """The organisation's time zone where its model stands beside the store, else the one in which the last source was read."""
    from ketenreis.events.relabelling import mapping_of
    from ketenreis.model.calendars import time_zone
    from ketenreis.notation import read
    from ketenreis.workspace.layout import MODEL

    if (text := store.folder.absolute().parent / MODEL).is_dir():
        return time_zone(read(text).model)
    return mapping_of(store).zone if store.sources else "UTC"
