"""Django as a WSGI application; what the web server calls stands around it, in asgi.py."""

import os

from django.core.wsgi import get_wsgi_application

from pulih.config.start import set_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pulih.config.settings")
set_up()
application = get_wsgi_application()
