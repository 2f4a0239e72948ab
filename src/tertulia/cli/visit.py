"""Asks our own address for the first page, as a browser behind the proxy would."""

import http.client
from ipaddress import ip_address
from urllib.parse import urlsplit

from tertulia.config.env import Env

# Short, because the supervisor looks after nothing else meanwhile.
KNOCK_SECONDS = 2


def answers(env: Env) -> bool:
    """Whether the first page comes: any answer that is not the server's failure."""
    public = urlsplit(env.address)
    headers = {"Host": public.netloc, "X-Forwarded-Proto": public.scheme}
    connection = http.client.HTTPConnection(near(env.bind), env.port, timeout=KNOCK_SECONDS)
    try:
        connection.request("GET", "/", headers=headers)
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def near(bind: str) -> str:
    """Listening on every address (0.0.0.0, ::) includes loopback, where we knock."""
    address = ip_address(bind)
    if not address.is_unspecified:
        return bind
    return "127.0.0.1" if address.version == 4 else "::1"
