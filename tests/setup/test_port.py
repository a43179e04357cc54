"""The port that the platform is asked to listen on."""

from __future__ import annotations

import runpy
import socket
from pathlib import Path

import pytest

complaint = runpy.run_path(str(Path(__file__).parents[2] / "setup" / "port.py"))["complaint"]


@pytest.mark.parametrize("text", ["abc", "", "0", "65536", "-1"])
def test_a_port_that_is_none_is_named(text: str) -> None:
    assert complaint(text) == f"PORT must be a number from 1 to 65535, not {text!r}."


def test_a_port_that_is_taken_is_said_to_be_and_another_suggested() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert complaint(str(port)).startswith(f"Port {port} cannot be used (")


def test_a_free_port_is_no_complaint() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
    assert complaint(str(port)) is None
