"""Starting Django: half a million objects that stay until the process ends."""

import gc

import django


def set_up() -> None:
    """Set Django up without looking again and again whether any of it is rubbish."""
    gc.disable()
    try:
        django.setup()
    finally:
        gc.freeze()
        gc.enable()
