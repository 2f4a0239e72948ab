from django.http import HttpRequest

from tertulia.people.models import Person


def person_of(request: HttpRequest) -> Person | None:
    """The signed-in person, or None. Somebody without a session costs no query."""
    user = request.user
    return user if isinstance(user, Person) and user.is_authenticated else None
