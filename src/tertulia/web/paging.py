from django.http import HttpRequest

# What somebody types into an address must not become a number that a database refuses.
LAST_PAGE = 100_000


def page_number(request: HttpRequest) -> int:
    """Which page of a list the address asks for; the first where it says nothing sensible."""
    asked = request.GET.get("page", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 9):
        return 1
    return min(max(1, int(asked)), LAST_PAGE)
