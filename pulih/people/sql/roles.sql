-- Every role, once: whether it does more than read, and how wide its people work. Who has no width
-- sees what he was named for, or no rows of a place. `people/permissions.py` reads the same rows; a
-- role that somebody adds there writes nothing, and works nowhere, until it stands here too.
CREATE OR REPLACE FUNCTION pulih_roles() RETURNS TABLE (role text, may_write boolean, width text)
LANGUAGE sql IMMUTABLE AS $$
    VALUES
        ('planner', true, 'country'),
        ('provincial_officer', true, 'province'),
        ('regency_officer', true, 'regency'),
        ('auditor', false, 'country'),
        ('reviewer', true, NULL),
        ('steward', true, 'country'),
        ('administrator', true, NULL),
        ('system', true, NULL)
$$;

CREATE OR REPLACE FUNCTION pulih_role_writes(p_role text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT EXISTS (SELECT FROM pulih_roles() WHERE role = p_role AND may_write)
$$;
