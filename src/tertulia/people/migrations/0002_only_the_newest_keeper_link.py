from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def end_older_links(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Two starts at one moment could print two links: the newest stays."""
    unused = apps.get_model("people", "KeeperLink").objects.filter(used_at=None)
    newest = unused.order_by("-created_at", "-pk").first()
    if newest is not None:
        unused.exclude(pk=newest.pk).delete()


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(end_older_links, migrations.RunPython.noop, elidable=True)]
