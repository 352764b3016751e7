from django.db import migrations

# Whether a file still counts must be known also to those who see one of its rows and not the file:
# a regency's officer, of the list that her province delivered. Tells ids and days, nothing else.
STANDING = """
CREATE FUNCTION inbox_standing() RETURNS TABLE (id bigint, as_of date) LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id, as_of FROM inbox_importbatch WHERE state = 'done' AND is_newest
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("inbox", "0001_initial")]

    operations = [migrations.RunSQL(STANDING, "DROP FUNCTION inbox_standing();")]
