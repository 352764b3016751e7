from django.db import migrations, models

BASES = [
    ('day', 'per day present'), ('once', 'once a person'), ('hour', 'per lesson hour taught'),
    ('full', 'per hour taught'), ('duty', 'per day of helping'), ('each', 'per session taught'),
]


class Migration(migrations.Migration):

    dependencies = [
        ('delivery', '0025_lists_per_time'),
    ]

    operations = [
        migrations.AlterField(
            model_name='paymentlist',
            name='basis',
            field=models.CharField(choices=BASES, max_length=4, verbose_name='paid'),
        ),
        migrations.AlterField(
            model_name='paymentlistevent',
            name='basis',
            field=models.CharField(choices=BASES, max_length=4, verbose_name='paid'),
        ),
    ]
