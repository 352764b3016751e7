"""Run commands that need Django in a process of their own, as the right database role."""

from __future__ import annotations

import os
import subprocess
import sys

from pulih.common.errors import Message, Refusal

SETTINGS = {"DJANGO_SETTINGS_MODULE": "pulih.config.settings"}
DJANGO = "pulih.config.django_process"


def run(*words: str, as_owner: bool = False, process: str = "", module: str = DJANGO) -> int:
    """Run a command to its end, its words going where ours go; return its exit status."""
    role = "owner" if as_owner else "app"
    environ = {**os.environ, **SETTINGS, "PULIH_DATABASE_ROLE": role, "PULIH_PROCESS": process}
    command = [sys.executable, "-m", module, *words]
    return subprocess.run(command, env=environ, check=False).returncode


def must_run(*words: str, as_owner: bool = False, process: str = "", module: str = DJANGO) -> None:
    """Run a command that has to succeed. May refuse."""
    if run(*words, as_owner=as_owner, process=process, module=module):
        raise Refusal(
            Message(
                id=f"Langkah “{words[0]}” gagal; sebabnya tertulis di atas.",
                en=f"The step “{words[0]}” failed; the reason stands above.",
            )
        )
