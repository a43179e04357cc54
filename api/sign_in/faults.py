"""What is said to someone who was not let in: what happened, and what to do about it."""

from __future__ import annotations

from data.accounts import AnotherAccount, Refused, UnverifiedEmail, WrongPassword

# The field that it is about ('' for none), and the sentence.
Fault = tuple[str, str]


def of_form(email: str, password: str) -> list[Fault]:
    """What is missing in the form."""
    faults = [("email", "Enter your email address")] if not email.strip() else []
    return faults + ([("password", "Enter your password")] if not password else [])


def of_refusal(refused: Refused, email: str, provider: str) -> list[Fault]:
    """Why the platform does not let someone in. email: the one that the provider told."""
    if isinstance(refused, WrongPassword):
        return [("email", "The email address or the password is not right")]
    address = email or "your email address"
    if isinstance(refused, UnverifiedEmail):
        return [("", f"{provider} has not confirmed {address}. Confirm it there, then try again.")]
    if isinstance(refused, AnotherAccount):
        sentence = (
            f"{address} is known here with another account of {provider}. Sign in with that one, "
            f"or ask whoever runs this platform to change it."
        )
        return [("", sentence)]
    ask = "Ask whoever runs this platform to add you, then try again."
    return [("", f"{address} is not known here. {ask}")]


def of_provider(provider: str) -> list[Fault]:
    """The provider does not answer, or not as it should."""
    return [
        (
            "",
            f"Signing in with {provider} did not work. Try again; if it happens again, tell "
            f"whoever runs this platform.",
        )
    ]


def cancelled(provider: str) -> list[Fault]:
    """The provider did not let someone in, or they changed their mind there."""
    return [("", f"{provider} did not sign you in. You can try again.")]


def too_many(minutes: int) -> list[Fault]:
    """Too many attempts were refused."""
    wait = "a minute" if minutes == 1 else f"{minutes} minutes"
    return [("", f"Too many attempts to sign in. Wait {wait}, then try again.")]
