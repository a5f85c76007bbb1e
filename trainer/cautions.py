"""What a training says and goes on all the same."""

from __future__ import annotations

NORMS_APART = (
    "On CPUs batch norm sees only the crops of its own process: give each at least 8 (batch)."
)
FEW_NEGATIVES = (
    "The recipe asks for {wanted} pictures without people; the folders given with --negatives hold"
    " {there}."
)
NOT_FITTED = (
    "The last layer was not fitted: that takes 32 or more training pictures that are counted whole"
    " and not in tiles."
)
