from django.db import migrations, models

# What lies at a spot since before this version: since when, its moves say.
FILL = """
    UPDATE delivery_stock AS stock SET since = moved.since
    FROM (SELECT item_id, to_spot AS spot, min(day) AS since FROM delivery_move
          WHERE to_spot <> '' GROUP BY 1, 2) AS moved
    WHERE (stock.item_id, stock.spot) = (moved.item_id, moved.spot)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('delivery', '0016_disputed_numbers'),
    ]

    operations = [
        migrations.AddField(
            model_name='stock',
            name='since',
            field=models.DateField(null=True),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
