from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('market', '0015_work_tolerance'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['waits_until', 'id'], name='market_order_clock'),
        ),
    ]
