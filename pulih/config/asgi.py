"""What the web server calls: a loop that waits for slow people, and threads that answer."""

from importlib import import_module
from threading import Timer

from a2wsgi import WSGIMiddleware

from pulih.config import settings
from pulih.config.bodies import Bounds, WholeBodies
from pulih.config.faults import end_if_refused
from pulih.config.wsgi import application as django
from pulih.portal.remembered import FrontDoor, Memory, Remembering

A_MOMENT = 0.05  # Seconds in which a site that was replaced may still answer.
API_AFTER = 10.0  # Seconds in which first pages are wanted more than what programs ask.
PIECES_WAITING = 256  # Of an answer, for a slow reader, before its thread waits, too.

end_if_refused()
memory = Memory(A_MOMENT)
threads = WSGIMiddleware(
    Remembering(django, memory), workers=settings.WEB_THREADS, send_queue_size=PIECES_WAITING
)
application = FrontDoor(
    WholeBodies(threads, Bounds(largest=3 * settings.LARGEST_UPLOAD_BYTES)), memory
)
# Loaded by the first who asks, or before anybody does.
api = Timer(API_AFTER, import_module, ["pulih.config.api_urls"])
api.daemon = True
api.start()
