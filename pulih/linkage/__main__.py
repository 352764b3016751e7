"""Run `pulih link` without the rest of the house: `python -m pulih.linkage RECORDS …`."""

from pulih.casefiles.command import run_alone
from pulih.linkage.command import main

if __name__ == "__main__":
    run_alone(main)
