"""A reason keeps what it is made of, wherever it is taken."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from models.errors import UserError
from models.reasons import Reason


def by_pickle(thing: object) -> Any:
    return pickle.loads(pickle.dumps(thing))


@pytest.mark.parametrize("again", [by_pickle, copy.copy, copy.deepcopy])
def test_a_copy_can_be_translated_as_the_reason_can(again: Callable[[object], Any]) -> None:
    reason = Reason("tensor-shape", name="fuse.bias", there=(2,), wanted=(1,))
    copied = again(reason)
    assert (type(copied), copied) == (Reason, reason)
    assert (copied.code, copied.facts) == (reason.code, reason.facts)
    error = UserError("weights-damaged", path="m.pth", reason=reason)
    told = again(error)
    assert (told.code, str(told)) == (error.code, str(error))
    assert told.facts["reason"].code == "tensor-shape"
