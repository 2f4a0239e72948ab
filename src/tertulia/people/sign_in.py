"""Signing in by a mailed code, the same for addresses that are known here and for new ones.

allauth brings the code, its tries and its end, the limits and the login itself. What is its own here: nothing differs
between a known and an unknown address until the code is typed, so nobody learns who has an account.
"""

import time
from dataclasses import dataclass
from smtplib import SMTPException
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tertulia.people import actions
from tertulia.people.models import Person
from tertulia.people.policies import Refused

SESSION_KEY = "sign_in_code"
LONGEST_ADDRESS = 254


class CodeEnded(Refused):
    """The code cannot be used any more: a new one has to be asked for."""


class _Code(AbstractCodeVerificationProcess):  # type: ignore[misc]
    """A code on its way: kept in the session on the server, so that it is good in one browser only."""

    def __init__(self, request: HttpRequest, state: dict[str, Any]) -> None:
        self.request = request
        super().__init__(
            max_attempts=app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS,
            timeout=app_settings.LOGIN_BY_CODE_TIMEOUT,
            state=state,
        )

    def persist(self) -> None:
        self.request.session[SESSION_KEY] = self.state

    def abort(self) -> None:
        self.request.session.pop(SESSION_KEY, None)

    def send(self) -> None:
        self.state["code"] = get_adapter().generate_login_code()
        minutes = app_settings.LOGIN_BY_CODE_TIMEOUT // 60
        context = {"code": self.state["code"], "minutes": minutes}
        try:
            get_adapter().send_mail("account/email/login_code", self.state["email"], context)
        except (SMTPException, OSError) as error:
            raise Refused(
                _("The letter with your code could not be sent. Please try again in a moment.")
            ) from error

    @property
    def tries_left(self) -> int:
        return int(self.max_attempts) - int(self.state["failed_attempts"])


@dataclass(frozen=True)
class Sent:
    """A code that was sent and still counts."""

    email: str
    minutes: int


def check_address(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(_("That does not look like a mail address. Please look at it once more.")) from None
    if len(email) > LONGEST_ADDRESS:
        raise Refused(_("That mail address is too long."))
    return email


def send_code(request: HttpRequest, email: str) -> Sent:
    """Send a code to this address, whoever it belongs to. An earlier code of this browser ends."""
    email = check_address(email)
    if not ratelimit.consume(request, action="request_login_code", key=email):
        raise Refused(_("Several codes were asked for just now. Please wait a few minutes, then ask again."))
    code = _Code(request, _Code.initial_state(user=None, email=email))
    code.send()
    code.persist()
    return _sent(code)


def check_can_leave_words(request: HttpRequest) -> None:
    """Whether the site may keep words of somebody whom it does not know."""
    if not ratelimit.consume(request, action="leave_words"):
        raise Refused(
            _(
                "Much was sent from here by people who had not signed in. Copy your words, sign in, and send them then."
            )
        )


def sent_code(request: HttpRequest) -> Sent | None:
    """The code that this browser is waiting for."""
    state = request.session.get(SESSION_KEY)
    return _sent(_Code(request, state)) if state else None


def use_code(request: HttpRequest, typed: str) -> Person:
    """Whoever typed the right code, made now if the address is new. Raises Refused, CodeEnded."""
    state = request.session.get(SESSION_KEY)
    code = _Code(request, state) if state else None
    if code is None or not code.is_valid():
        if code:
            code.abort()
        raise CodeEnded(_("That code has ended. Ask for a new one; it comes at once."))
    if not compare_user_code(actual=typed, expected=code.code):
        if not code.record_invalid_attempt():
            raise CodeEnded(_("That was not the code, and it was the last try. Ask for a new one."))
        raise Refused(_wrong(code.tries_left))
    code.abort()
    return _person_at(code.state["email"])


def enter(request: HttpRequest, person: Person, *, goes_to: str) -> HttpResponse:
    """Sign this person in and send them where they were going."""
    record_authentication(request, person, method="code")
    # Whatever bound the session of nobody.
    request.session.set_expiry(None)
    response: HttpResponse = perform_login(request, Login(user=person, redirect_url=goes_to))
    response.status_code = 303
    return response


def leave(request: HttpRequest) -> None:
    get_adapter().logout(request)


def _person_at(email: str) -> Person:
    person = actions.whoever_has(email)
    if not person.is_active:
        raise CodeEnded(_("This account is closed. Whoever keeps this site can tell you more."))
    return person


def _wrong(tries: int) -> str:
    return ngettext(
        "That is not the code. One more try is left.",
        "That is not the code. %(tries)s more tries are left.",
        tries,
    ) % {"tries": tries}


def _sent(code: _Code) -> Sent:
    left = code.timeout - (time.time() - code.state["at"])
    return Sent(email=code.state["email"], minutes=max(0, round(left / 60)))
