"""The files that BPMN is tried on: the reference models of the model interchange group, and what other tools export."""

from pathlib import Path

import pytest

MIWG = (
    "A.1.0", "A.2.0", "A.2.1", "A.3.0", "A.4.0", "A.4.1", "B.1.0", "B.2.0", "C.1.0", "C.1.1", "C.2.0",
    "C.3.0", "C.4.0", "C.5.0", "C.6.0", "C.7.0", "C.8.0", "C.8.1", "C.9.0", "C.9.1", "C.9.2",
)  # fmt: skip
OTHERS = (
    "bpmn/pm4py/SimpleParallel", "bpmn/pm4py/Subprocess1", "bpmn/pm4py/Subprocess3", "bpmn/pm4py/a32f0n00",
    "bpmn/pm4py/ch7_CreditAppSimulation", "bpmn/pm4py/ch7_InsuranceClaimsSimulationNormalSeason", "bpmn/pm4py/receipt",
    "bpmn/pm4py/running-example", "bpmn/pm4py/simple_model", "eventlogs/bpic2020/declaration_documents", "eventlogs/receipt/receipt",
)  # fmt: skip


@pytest.fixture(params=MIWG)
def reference_model(request, shared_data: Path) -> Path:
    """One of the 21 reference models."""
    return shared_data / "bpmn" / "miwg" / "Reference" / f"{request.param}.bpmn"


@pytest.fixture(params=[f"bpmn/miwg/Reference/{name}" for name in MIWG] + list(OTHERS))
def any_model(request, shared_data: Path) -> Path:
    """One of all 32 files."""
    return shared_data / f"{request.param}.bpmn"
