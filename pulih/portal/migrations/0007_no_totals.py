from django.db import migrations


class Migration(migrations.Migration):
    """The first page reads the ledger itself: a copy of its sums could only be older."""

    dependencies = [
        ("portal", "0006_withdrawn_at"),
    ]

    operations = [
        migrations.DeleteModel(name="BudgetTotal"),
    ]
