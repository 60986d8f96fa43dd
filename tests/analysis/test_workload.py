from decimal import Decimal

import pytest

from ketenreis.analysis.workload import NONE, workload
from ketenreis.model import Element, Model


def model(rate=Decimal(40), **work):
    organisation = Element("o", "organisation", None, {"hourly_rate": rate} if rate else {})
    activities = (
        Element(name, "activity", None, {key: value for key, value in fields.items() if value is not None})
        for name, fields in work.items()
    )
    return Model.of([organisation, *activities])


CALL = {"minutes": Decimal(6), "volume": 10_000}


def test_work_that_goes_saves_its_hours_and_their_money():
    found = workload(model(call=CALL), model())
    assert found.hours.middle == pytest.approx(-1000)
    # 5.5 minutes × (10,000 − 196) and 6.5 × (10,000 + 196), in hours.
    assert (found.hours.low, found.hours.high) == (
        pytest.approx(-1104.57, abs=0.01),
        pytest.approx(-898.70, abs=0.01),
    )
    assert found.money.middle == pytest.approx(-40_000)
    assert -0.83 < found.posts.low < found.posts.middle < found.posts.high < -0.55


def test_minutes_written_more_exactly_give_a_narrower_range():
    rough, exact = (workload(model(), model(call=CALL | {"minutes": Decimal(said)})) for said in ("6", "6.0"))
    assert rough.hours.middle == exact.hours.middle
    assert exact.hours.high - exact.hours.low < rough.hours.high - rough.hours.low


def test_work_that_stays_as_it_was_counts_for_nothing():
    found = workload(model(call=CALL), model(call=CALL))
    assert (found.activities, found.hours, found.unknown) == ((), NONE, ())


def test_without_a_rate_there_is_no_money_and_without_minutes_it_is_said_so():
    found = workload(model(None, call=CALL), model(None, call=CALL | {"minutes": None}))
    assert (found.money, found.unknown, found.hours) == (None, ("call",), NONE)
