from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def count(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - as RunPython calls it
    """As the reader `touches` would have counted, up to where it has come."""
    touches, acts = apps.get_model("readings", "SpaceTouch"), apps.get_model("ledger", "Act")
    said = acts.objects.filter(import_id=None, verb__in=["posted", "replied", "answered"], words__gt=0)
    for touch in touches.objects.order_by("pk"):
        touch.own_contributions = said.filter(space=touch.space_id, act__lte=touch.last_act).count()
        touch.save(update_fields=["own_contributions"])


class Migration(migrations.Migration):
    dependencies = [
        ("readings", "0003_own_contributions"),
        ("ledger", "0001_initial"),
    ]

    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
