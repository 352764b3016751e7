"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pulih.config.settings")
served = get_wsgi_application()
from pulih.portal.front import FrontDoor  # noqa: E402  Once Django is set up.

application = FrontDoor(served)
