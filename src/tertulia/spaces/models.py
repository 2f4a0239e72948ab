"""A space: a place with a purpose, what you bring and what you take away, and the people in it."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone


def new_token() -> str:
    return secrets.token_urlsafe(18)


class Space(models.Model):
    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80, unique=True)
    purpose = models.CharField(max_length=300, blank=True)
    bring = models.CharField(max_length=200, blank=True)
    take_away = models.CharField(max_length=200, blank=True)
    # Open: everyone sees it and may join. Otherwise by invitation, and outsiders do not learn that it exists.
    is_open = models.BooleanField(default=True)
    # The keeper invites and holds; the host is a turn without powers.
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="keeps")
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="hosts", null=True, blank=True
    )
    created_at = models.DateTimeField(default=timezone.now)
    # The import that made this space. How it is read follows from what is written in it (SpaceTouch).
    import_id = models.BigIntegerField(null=True, blank=True)
    # Not shown to anybody until the import that made it is closed.
    staged = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="a_space_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    space = models.ForeignKey(Space, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "person"], name="a_person_is_in_a_space_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.space_id}"


class Invitation(models.Model):
    """A link that lets whoever holds it join. The keeper can end it and make another."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="invitations")
    token = models.CharField(max_length=40, unique=True, default=new_token)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space"],
                condition=models.Q(ended_at__isnull=True),
                name="one_open_invitation_a_space",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation to {self.space_id}"


class Wording(models.Model):
    """What stood beside the space's name before it changed: a space learns too, and its old line stays readable."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="wordings")
    purpose = models.CharField(max_length=300, blank=True)
    bring = models.CharField(max_length=200, blank=True)
    take_away = models.CharField(max_length=200, blank=True)
    until_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # The idea whose decision changed it, as a plain id: spaces do not know ideas.
    idea_id = models.BigIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return self.purpose
