"""Run `pulih protect` without the rest of the house: `python -m pulih.disclosure CELLS …`."""

from pulih.casefiles.command import run_alone
from pulih.disclosure.command import run

if __name__ == "__main__":
    run_alone(run)
