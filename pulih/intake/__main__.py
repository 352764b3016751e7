"""Run `pulih intake` without the rest of the house: `python -m pulih.intake FILE …`."""

from pulih.casefiles.command import run_alone
from pulih.intake.command import run

if __name__ == "__main__":
    run_alone(run)
