"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pulih.config.settings")
# Models can be imported only once Django is set up.
served = get_wsgi_application()
from pulih.portal.front import FrontDoor  # noqa: E402

application = FrontDoor(served)
