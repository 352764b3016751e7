from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parents[1] / "sql"
PLACED = """(SELECT pulih_sees_country()) OR province_id = ANY((SELECT pulih_provinces())::bigint[])
    OR regency_id = ANY((SELECT pulih_regencies())::bigint[])"""
WENT = """registry_went_to((SELECT pulih_provinces())::bigint[],
    (SELECT pulih_regencies())::bigint[], province_id, regency_id, {firms})"""
CONCERNED = {
    "merge": "kept_id, merged_id",
    "separation": "first_id, second_id",
    "splitmove": "from_enterprise_id, to_enterprise_id",
    "pin": "enterprise_id",
}


def _policies(table: str, sees: str) -> list[str]:
    writes = f"(SELECT pulih_writes()) AND ({sees})"
    return [
        f"ALTER POLICY pulih_read ON {table} USING ({sees})",
        f"ALTER POLICY pulih_add ON {table} WITH CHECK ({writes})",
        f"ALTER POLICY pulih_change ON {table} USING ({writes}) WITH CHECK ({writes})",
        f"ALTER POLICY pulih_delete ON {table} USING ({writes})",
    ]


def _scope(name: str, firms: str) -> migrations.RunSQL:
    wider = f"{PLACED} OR {WENT.format(firms=firms)}"
    return migrations.RunSQL(
        _policies(f"registry_{name}", wider), _policies(f"registry_{name}", PLACED)
    )


class Migration(migrations.Migration):
    """What was done to a firm is seen by the office in whose area the firm stands now, too."""

    dependencies = [("registry", "0004_quality")]

    operations = [
        migrations.RunSQL(
            (SQL / "moving.sql").read_text(),
            "DROP FUNCTION registry_went_to(bigint[], bigint[], bigint, bigint, bigint[]);",
        ),
        *(
            _scope(f"{name}{suffix}", firms)
            for name, firms in CONCERNED.items()
            for suffix in ("", "event")
        ),
    ]
