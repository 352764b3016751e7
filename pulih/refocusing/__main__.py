"""Run `pulih refocus` without the rest of the house: `python -m pulih.refocusing CASE_DIR …`."""

from pulih.casefiles.command import run_alone
from pulih.refocusing.command import run

if __name__ == "__main__":
    run_alone(run)
