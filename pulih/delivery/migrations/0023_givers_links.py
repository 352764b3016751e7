from django.db import migrations

from pulih.people.scope import ScopeByLink


class Migration(migrations.Migration):
    dependencies = [("delivery", "0022_corrected_counts")]

    operations = [ScopeByLink("delivery_handover", "delivery.give")]
