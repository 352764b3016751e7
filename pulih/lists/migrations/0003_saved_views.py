import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OWN = """(person_id = (SELECT pulih_person()) AND (SELECT pulih_role()) IS NOT NULL)
    OR (SELECT pulih_role()) = 'system'"""
# Auditors, who write nothing else, name views too.
POLICIES = f"""
ALTER TABLE lists_savedview ENABLE ROW LEVEL SECURITY;
CREATE POLICY pulih_own ON lists_savedview USING ({OWN}) WITH CHECK ({OWN});
"""


class Migration(migrations.Migration):
    dependencies = [
        ("lists", "0002_words_in_indonesian"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=200)),
                ("query", models.TextField()),
                ("title_indonesian", models.CharField(max_length=200)),
                ("title_en", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=60)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "path", "name"), name="lists_saved_view_named_once")],
            },
        ),
        migrations.RunSQL(POLICIES, "DROP POLICY pulih_own ON lists_savedview"),
    ]
