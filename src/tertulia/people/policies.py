"""What a person may do. `check_can_x` raises Refused with a sentence for them; `can_x` wraps it for pages."""

from django.utils.translation import gettext as _

from tertulia.people.models import Person


class Refused(Exception):
    """Something a person asked for and may not have, with a sentence that says why and what to do."""

    def __init__(self, sentence: object, *, field: str = "") -> None:
        super().__init__(str(sentence))
        self.sentence = str(sentence)
        # The field of the form that it is about, where it is about one.
        self.field = field


class NotThere(Refused):
    """It does not exist, or this person may not know that it does: the two are answered alike."""


def check_length(words: str, most: int, *, field: str = "") -> str:
    """The words whole, or a refusal that gives them back: what is cut off in silence is lost."""
    if len(words) > most:
        raise Refused(
            _("This is longer than %(most)d characters. Your words are below.") % {"most": most}, field=field
        )
    return words


def is_here(person: Person) -> bool:
    """False for people whom an import brought and who have not come: nothing waits for them."""
    return person.import_id is None
