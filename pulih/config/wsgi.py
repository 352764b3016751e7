"""Django as a WSGI application; what the web server calls stands around it, in asgi.py."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pulih.config.settings")
application = get_wsgi_application()
