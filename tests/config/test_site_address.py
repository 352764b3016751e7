"""What an installation writes before its own addresses, in a process of its own."""

import os
import subprocess
import sys

import pytest

from pulih.config.secrets import keep_demo_passwords

ASK = (
    "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'pulih.config.settings';"
    "from django.conf import settings; print(settings.SITE_ADDRESS)"
)
BIND = {"PULIH_BIND": "127.0.0.1:8077"}
NAMED = {"PULIH_HOSTS": "pulih.example", "PULIH_HTTPS": "1"}


@pytest.mark.parametrize(
    ("is_demonstration", "said", "address"),
    [
        (False, BIND, ""),
        (True, BIND, "http://127.0.0.1:8077"),
        (True, {**BIND, **NAMED}, "https://pulih.example"),
        (False, NAMED, "https://pulih.example"),
    ],
)
def test_a_demonstration_without_a_name_is_where_it_listens(
    tmp_path, is_demonstration, said, address
):
    if is_demonstration:
        keep_demo_passwords(tmp_path / "secrets.toml", ["perencana"])
    environment = {**os.environ, "PULIH_DATA": str(tmp_path), **said}
    environment.pop("DATABASE_URL", None)
    asked = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True
    )
    assert asked.stdout.strip() == address
