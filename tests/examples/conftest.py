"""Reads an export of Belmij with nothing but the standard library, so that its figures are worked out apart."""

import csv
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from tests.thorough import seeds

from ketenreis.examples import write_raw

NEWS = {
    "Bevestiging verstuurd",
    "Tijdvak toegezegd",
    "Tijdvak verzet door Belmij",
    "Statusbericht verstuurd",
    "Bezorgbericht verstuurd",
}
CONFIRMING = ("Betaling gedaan", "Betaling verwerkt", "Order geboekt", "Bevestiging verstuurd")


def moment(text: str) -> float:
    """Seconds since 1970."""
    return datetime.fromisoformat(text).timestamp()


@dataclass
class Order:
    """One order as its lines say; times are in seconds since 1970."""

    row: dict[str, str]
    first: dict[str, float] = field(default_factory=dict)
    news: list[float] = field(default_factory=list)
    windows: list[tuple[str, str, str]] = field(default_factory=list)
    week: int | None = None
    begins: float = 0
    ends: float = 0

    def add(self, row: dict[str, str]) -> None:
        label, time = row["gebeurtenis"], moment(row["tijdstip"])
        self.first.setdefault(label, time)
        self.begins, self.ends = self.begins or time, time
        if label in NEWS:
            self.news.append(time)
        if label == "Betaling gedaan":
            self.week = date.fromisoformat(row["tijdstip"][:10]).isocalendar().week
        if row["tijdvak_van"]:
            self.windows.append((label, row["tijdvak_van"], row["tijdvak_tot"]))

    @property
    def seconds(self) -> float | None:
        """From payment to confirmation."""
        return self.first["Bevestiging verstuurd"] - self.first["Betaling gedaan"] if self.news else None

    @property
    def parts(self) -> list[float]:
        """The same, cut where the payment service is done and where the order is booked."""
        return [later - earlier for earlier, later in pairwise(self.first[label] for label in CONFIRMING)]

    @property
    def longest_silence(self) -> float:
        """The longest time in seconds without news, from payment to delivery."""
        start, end = self.first["Betaling gedaan"], self.first["Pakket bezorgd"]
        moments = sorted([start, end, *(time for time in self.news if start < time < end)])
        return max(later - earlier for earlier, later in pairwise(moments))


@pytest.fixture(scope="module", params=seeds(3, 5))
def orders(request, tmp_path_factory):
    """Belmij's orders at the default size, for each seed."""
    (path,) = write_raw("belmij", tmp_path_factory.mktemp("belmij"), 20_000, request.param)
    found = read_orders(path)
    path.unlink()
    return found


def read_orders(path: Path) -> list[Order]:
    orders: dict[str, Order] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            orders.setdefault(row["ordernummer"], Order(row)).add(row)
    return list(orders.values())
