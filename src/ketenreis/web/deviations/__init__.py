"""Intended against actual: the deviations of a journey, and the contacts that go with what was not kept."""
