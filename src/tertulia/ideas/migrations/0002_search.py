from django.db import migrations

from tertulia.ideas import search_sql


class Migration(migrations.Migration):
    dependencies = [("ideas", "0001_initial")]

    operations = [migrations.RunPython(search_sql.forwards, search_sql.backwards)]
