from django.db import IntegrityError, transaction
from django.utils.text import slugify

from tertulia.ideas.models import Topic

LONGEST_SLUG = 60


def topic_named(name: str) -> Topic:
    """The topic of this name, made now if it is new. Names tell topics apart: C++ and C# are not C."""
    while (found := Topic.objects.filter(name=name).first()) is None:
        try:
            with transaction.atomic():
                return Topic.objects.create(name=name, slug=_free_slug(name))
        except IntegrityError:
            # Somebody made it, or took its address, at this moment.
            continue
    return found


def _free_slug(name: str) -> str:
    wanted = slugify(name, allow_unicode=True)[: LONGEST_SLUG - 6] or "topic"
    taken = set(Topic.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    slug, n = wanted, 2
    while slug in taken:
        slug, n = f"{wanted}-{n}", n + 1
    return slug
