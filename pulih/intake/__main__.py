"""`python -m pulih.intake`: the same as `pulih intake`."""

import sys

from pulih.intake.command import run

sys.exit(run(sys.argv[1:]))
