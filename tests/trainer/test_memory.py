"""Memory that a training keeps is not paged in again, and is given back after it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from trainer.memory import _glibc, kept_memory

ROUNDS = """
import ctypes, mmap, resource
import torch
from trainer.memory import kept_memory

MB = 1 << 20
# PR_SET_THP_DISABLE: a huge page would be one fault.
ctypes.CDLL(None).prctl(41, 1, 0, 0, 0)

def faults(rounds):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(rounds):
        torch.empty(48 * MB, dtype=torch.uint8).fill_(1)
    return (resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before) * mmap.PAGESIZE / MB

with kept_memory():
    faults(30)  # until the heap has room
    kept = faults(10)
print(kept, faults(10))
"""


@pytest.mark.skipif(_glibc() is None, reason="the C library is not glibc")
def test_large_blocks_are_paged_in_once_and_given_back_after() -> None:
    # In a process of its own: this one's heap has holes of all sizes.
    ended = subprocess.run([sys.executable, "-c", ROUNDS], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    kept, after = map(float, ended.stdout.split())
    assert kept < 48
    # At least once: a hole that is left may serve the other nine.
    assert after >= 48


def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    assert _glibc() is None
    with kept_memory():
        pass
