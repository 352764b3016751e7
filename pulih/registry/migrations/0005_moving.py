from django.db import migrations

# The policies below name this function; later versions of it stand in sql/moving.sql.
FUNCTION = """
CREATE FUNCTION registry_went_to(
    provinces bigint[], regencies bigint[], province bigint, regency bigint, VARIADIC firms bigint[]
) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT province <> 1 AND EXISTS (
        SELECT FROM registry_enterprise AS asked
        JOIN registry_enterprise AS top ON top.id = coalesce(asked.merged_into_id, asked.id)
        WHERE asked.id = ANY (firms) AND (top.province_id = ANY (provinces)
            OR (regency IS NOT NULL AND top.regency_id = ANY (regencies))))
$$;
"""
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
            FUNCTION,
            "DROP FUNCTION registry_went_to(bigint[], bigint[], bigint, bigint, bigint[]);",
        ),
        *(
            _scope(f"{name}{suffix}", firms)
            for name, firms in CONCERNED.items()
            for suffix in ("", "event")
        ),
    ]
