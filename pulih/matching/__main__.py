"""Run `pulih match` without the rest of the house: `python -m pulih.matching CASE_DIR …`."""

from pulih.casefiles.command import run_alone
from pulih.matching.command import run

if __name__ == "__main__":
    run_alone(run)
