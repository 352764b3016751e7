from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("market", "0018_production")]

    operations = [
        migrations.AddIndex(
            model_name="need",
            index=models.Index(
                condition=models.Q(("quantity__gt", models.F("ordered"))),
                fields=["state", "id"],
                name="market_need_asking",
            ),
        ),
    ]
