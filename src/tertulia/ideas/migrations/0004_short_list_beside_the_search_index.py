from django.db import migrations

from tertulia.ideas import search_sql


class Migration(migrations.Migration):
    dependencies = [("ideas", "0003_what_a_reply_said_besides")]

    operations = [migrations.RunPython(search_sql.shorten_list, search_sql.lengthen_list)]
