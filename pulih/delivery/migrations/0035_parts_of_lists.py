import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('delivery', '0034_photos_by_link'),
    ]

    operations = [
        migrations.AddField(
            model_name='comparisonlist',
            name='part_of',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='delivery.comparisonlist'),
        ),
    ]
