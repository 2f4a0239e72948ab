from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ideas", "0004_short_list_beside_the_search_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="reply",
            name="accepted_import_id",
            field=models.BigIntegerField(blank=True, null=True),
        ),
    ]
