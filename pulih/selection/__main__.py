"""Run `pulih select` without the rest of the house: `python -m pulih.selection CASE_DIR …`."""

from pulih.casefiles.command import run_alone
from pulih.selection.command import run

if __name__ == "__main__":
    run_alone(run)
