from django.db import migrations


class Migration(migrations.Migration):
    """By itself: PostgreSQL alters no table that has rows waiting for their foreign keys."""

    dependencies = [
        ("evidence", "0009_screens"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="reading",
            name="summary",
        ),
    ]
