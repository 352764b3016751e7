from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0008_words_in_indonesian"),
    ]

    operations = [
        migrations.RenameField(
            model_name="cellproblem",
            old_name="message_id",
            new_name="message_indonesian",
        ),
    ]
