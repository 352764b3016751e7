"""Fill the lists from `pulih.classifications`; later changes come by import."""

from django.db import migrations

from pulih.classifications import accounts, allowances, holidays, kbli, outputs


def common(entry):
    return {
        "code": entry.code,
        "name_id": entry.name_indonesian,
        "name_en": entry.name_en,
        "valid_from": entry.valid_from,
        "valid_to": entry.valid_to,
        "source": entry.source,
        "verified": entry.verified,
    }


def fill(apps, schema_editor):
    account = apps.get_model("references", "Account")
    account.objects.bulk_create(
        account(
            **common(one), kind=one.kind, is_covid=one.is_covid, is_physical=one.is_physical
        )
        for one in accounts.LIST.entries
    )
    activity = apps.get_model("references", "EconomicActivity")
    activity.objects.bulk_create(activity(**common(one)) for one in kbli.DIVISIONS.entries)
    activity.objects.bulk_create(
        activity(**common(one), commodity_group=one.commodity_group) for one in kbli.LIST.entries
    )
    output = apps.get_model("references", "OutputCode")
    output.objects.bulk_create(
        output(**common(one), level=one.level) for one in outputs.LIST.entries
    )
    allowance = apps.get_model("references", "DailyAllowance")
    allowance.objects.bulk_create(
        allowance(
            province_id=one.province,
            out_of_town=one.out_of_town,
            in_town_over_8h=one.in_town_over_8h,
            training=one.training,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
            source=one.source,
            verified=one.verified,
        )
        for one in allowances.allowances()
    )
    holiday = apps.get_model("references", "Holiday")
    holiday.objects.bulk_create(
        holiday(
            day=one.day,
            name_id=one.name_indonesian,
            name_en=one.name_en,
            kind=one.kind,
            source=one.source,
            verified=one.verified,
        )
        for one in holidays.holidays().values()
    )


class Migration(migrations.Migration):
    dependencies = [("references", "0001_initial"), ("areas", "0002_fill")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
