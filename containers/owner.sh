#!/bin/sh
# Runs once, when the database's folder is new: the owner may make roles, and is no superuser.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -v password="$OWNER_PASSWORD" <<'SQL'
CREATE ROLE ministry LOGIN CREATEROLE PASSWORD :'password';
CREATE DATABASE pulih OWNER ministry TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';
SQL
