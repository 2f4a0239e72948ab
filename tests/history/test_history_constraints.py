"""The invariants of imports, in the database."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from tertulia.history.models import Import, SourceId, Staged
from tests.community import site_keeper

pytestmark = pytest.mark.django_db


def staged(of: Import) -> Staged:
    return Staged.objects.create(of=of, position=1, kind="idea", source_id="1", payload={})


def source_id(of: Import) -> SourceId:
    return SourceId.objects.create(
        of=of, space_id=1, format="stackexchange", kind="idea", source_id="1", content_hash="x"
    )


IMPOSSIBLE: dict[str, Callable[[Import], object]] = {
    "the_state_of_an_import_is_known": lambda _of: Import.objects.update(state="perhaps"),
    "a_staged_item_has_its_place": staged,
    "a_source_id_is_brought_once_a_space": source_id,
}


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_the_database_refuses(what: str) -> None:
    of = Import.objects.create(format="stackexchange", source="dump", by=site_keeper())
    staged(of)
    source_id(of)

    with pytest.raises(IntegrityError), transaction.atomic():
        IMPOSSIBLE[what](of)


def test_every_constraint_of_these_models_is_tried() -> None:
    named = {
        constraint.name for model in (Import, Staged, SourceId) for constraint in model._meta.constraints
    }

    assert named == set(IMPOSSIBLE)
