"""The three words for how exactly a network computes, and what this processor has for each."""

from __future__ import annotations

import logging
from pathlib import Path

from models.header import Header

# fp32 is the reference; bf16 rounds to 8 bits of mantissa; int8 needs a file made for it.
PRECISIONS = ("fp32", "bf16", "int8")
# Networks taken to keep their counts in bf16 (README has what was measured). The MAE of the others
# changes by up to 19 % unless their weights are bf16's numbers already (trainer.rounding): layer
# after layer of their MobileNet trunk magnifies the rounding.
STEADY_IN_BF16 = ("mcnn", "m-sfanet")
# What a header's `trained_on` says of weights, and in which words, when they are.
ROUNDED = {"rounded": "bf16"}
# Linux's words for what multiplies bytes fast: Intel's and AMD's VNNI, Arm's dot product.
BYTE_PRODUCTS = frozenset({"avx512_vnni", "avx_vnni", "asimddp"})
PROCESSOR_FACTS = Path("/proc/cpuinfo")


def is_steady_in_bf16(header: Header) -> bool:
    """Return whether a model counts the same in bf16."""
    rounded = header.trained_on.get("rounded") == ROUNDED["rounded"]
    return header.network in STEADY_IN_BF16 or rounded


def steady_precision(wanted: str, header: Header) -> str:
    """Return the precision wanted, or fp32 where bf16 would change the model's counts."""
    return "fp32" if wanted == "bf16" and not is_steady_in_bf16(header) else wanted


def has_byte_products() -> bool:
    """Return whether this processor multiplies bytes faster than floats; yes where unknown."""
    try:
        facts = PROCESSOR_FACTS.read_text("utf-8", "replace")
    except OSError:
        return True
    return not BYTE_PRODUCTS.isdisjoint(facts.split())


def computed_in(wanted: str, capabilities: list[str]) -> str:
    """Return the precision that is used for the one wanted, and log what the processor lacks.

    `capabilities` are OpenVINO's words for the processor's own number types.
    """
    log = logging.getLogger("crowdgui")
    if wanted == "bf16" and "BF16" not in capabilities:
        log.warning("This processor has no bf16: it counts in fp32.")
        return "fp32"
    if wanted == "int8" and not has_byte_products():
        log.warning("This processor has no VNNI: int8 counts, but hardly faster than fp32.")
    return wanted
