"""Exit 0 while Pulih in this container says that all is well: asked as its proxy asks."""

import os
import sys
from urllib.error import URLError
from urllib.request import Request, urlopen

HOST = os.environ.get("PULIH_HOSTS", "127.0.0.1").split(",")[0].strip()
ASKED = Request(
    "http://127.0.0.1:8000/health/", headers={"Host": HOST, "X-Forwarded-Proto": "https"}
)

if __name__ == "__main__":
    try:
        with urlopen(ASKED, timeout=4):  # noqa: S310
            sys.exit(0)
    except (URLError, OSError) as error:
        sys.exit(f"not well: {error}")
