from django.db import migrations

from tertulia.ideas import search_sql


class Migration(migrations.Migration):
    dependencies = [("ideas", "0005_which_import_accepted_a_reply")]

    operations = [migrations.RunPython(search_sql.with_words_as_they_are, migrations.RunPython.noop)]
