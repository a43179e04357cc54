"""What a channel counts as: digital, assisted digital or non-digital."""

from __future__ import annotations

from collections.abc import Mapping

DIGITAL, ASSISTED, NON_DIGITAL = "digital", "assisted digital", "non-digital"
KINDS = (DIGITAL, ASSISTED, NON_DIGITAL)
# Take-up counts digital alone; assisted digital is in the total only. All else is non-digital.
CHANNEL_KINDS: Mapping[str, str] = {
    "digital": DIGITAL,
    "online": DIGITAL,
    "web": DIGITAL,
    "website": DIGITAL,
    "app": DIGITAL,
    "mobile app": DIGITAL,
    "assisted digital": ASSISTED,
    "assisted-digital": ASSISTED,
    "assisted_digital": ASSISTED,
}


def channel_kind(channel: str, own: Mapping[str, str] | None = None) -> str:
    """One of KINDS: what a channel counts as, whatever the case of its name.

    :param own: a data set's own table (DataSetEntry.channel_kinds), which goes first.
    """
    name = channel.strip().casefold()
    for known, kind in (own or {}).items():
        if known.strip().casefold() == name:
            return kind
    return CHANNEL_KINDS.get(name, NON_DIGITAL)
