"""What examples in docstrings stand on that say so: Belmij, and two hundred of its orders; made when the first one asks."""

from pathlib import Path

import pytest

from ketenreis.events.importing import import_events
from ketenreis.events.mapping import read_mapping
from ketenreis.examples import mapping_files, model_folder, write_raw
from ketenreis.notation import read


@pytest.fixture(scope="session")
def belmij_in_small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """The model, the store of its events, and the folder with the export and its mapping."""
    folder = tmp_path_factory.mktemp("belmij")
    (orders,) = write_raw("belmij", folder, 200)
    (mapping,) = mapping_files("belmij")
    (folder / "orders.yaml").write_text(Path(mapping).read_text(encoding="utf-8"), encoding="utf-8")
    store = import_events(orders, folder / "events", read_mapping(mapping)).store
    return {"model": read(model_folder("belmij")).model, "store": store, "folder": folder}


@pytest.fixture(autouse=True)
def _examples(request: pytest.FixtureRequest) -> None:
    """Gives them to the examples that begin with “On Belmij”."""
    if isinstance(request.node, pytest.DoctestItem) and "On Belmij" in request.node.dtest.docstring:
        request.node.dtest.globs.update(request.getfixturevalue("belmij_in_small"))
