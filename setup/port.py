"""Says in plain words when the platform cannot listen on a port: port.py 8050."""

from __future__ import annotations

import socket
import sys


def complaint(text: str) -> str | None:
    """Why 127.0.0.1 cannot be listened on at the port that `text` names, or None."""
    if not text.isdigit() or not 0 < int(text) < 65536:
        return f"PORT must be a number from 1 to 65535, not {text!r}."
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except OSError as error:
            return f"Port {text} cannot be used ({error.strerror}). Another: PORT=8051 make run"
    return None


if __name__ == "__main__":
    sys.exit(complaint(sys.argv[1]))
