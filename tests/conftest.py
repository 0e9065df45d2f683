"""What holds for all tests: a busy machine is no failure.

Hypothesis may take its time. Tests of growth compare two times of one run, and the few that bound a time are tried
again when another process came between: what is truly quadratic fails every time.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

TIMED = ("grow", "linear", "is_fast", "test_hostile", "test_caps", "heaps", "signal")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Timed tests get three more tries."""
    for item in items:
        if any(word in item.nodeid for word in TIMED):
            item.add_marker(pytest.mark.flaky(reruns=3, reruns_delay=1))
