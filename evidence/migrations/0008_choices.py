import uuid
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def summaries_become_reports(apps: Any, schema_editor: Any) -> None:
    """What an earlier edition noted of a whole file stands in its report from now on."""
    reading, report = (apps.get_model("evidence", name) for name in ("Reading", "ImportReport"))
    for each in reading.objects.only("pk", "summary", "created_at").iterator(500):
        report.objects.create(reading=each, statement=each.summary, created_at=each.created_at)


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0007_transcripts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LeftOut",
            fields=[
                (
                    "reading",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="left_out",
                        serialize=False,
                        to="evidence.reading",
                    ),
                ),
                ("leaves", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Choice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sequence", models.PositiveIntegerField()),
                ("is_everything", models.BooleanField()),
                ("conversations", models.JSONField(default=list)),
                ("numbers", models.JSONField(default=list)),
                ("files", models.JSONField(default=list)),
                ("since", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="choices",
                        to="evidence.evidenceitem",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ExtractedFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", models.TextField()),
                ("problem", models.CharField(blank=True, max_length=64)),
                ("created_at", models.DateTimeField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extracts",
                        to="evidence.evidenceitem",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ImportReport",
            fields=[
                (
                    "reading",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="report",
                        serialize=False,
                        to="evidence.reading",
                    ),
                ),
                ("statement", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                (
                    "choice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.choice",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Survey",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("format", models.CharField(max_length=64)),
                ("problem", models.CharField(blank=True, max_length=64)),
                ("wrapped_key", models.BinaryField()),
                ("sealed", models.BinaryField()),
                ("created_at", models.DateTimeField()),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="survey",
                        to="evidence.evidenceitem",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.UniqueConstraint(
                fields=("item", "sequence"), name="evidence_choice_sequence_is_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="extractedfile",
            constraint=models.UniqueConstraint(
                fields=("item", "place"), name="evidence_extracted_once"
            ),
        ),
        migrations.RunPython(summaries_become_reports, migrations.RunPython.noop),
    ]
