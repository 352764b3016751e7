import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('delivery', '0033_own_pages'),
        ('people', '0003_links'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='sessionphoto',
            name='link',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.link'),
        ),
        migrations.AlterField(
            model_name='sessionphoto',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='sessionphoto',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by', None), ('link__isnull', False)), models.Q(('by__isnull', False), ('link', None)), _connector='OR'), name='delivery_photo_by_somebody'),
        ),
    ]
