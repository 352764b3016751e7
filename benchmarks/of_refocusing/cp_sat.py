"""CP-SAT on a program in an MPS file, with its log printed: `… FILE.mps SECONDS`."""

import sys

from ortools.linear_solver.python import model_builder


def main(path: str, seconds: str) -> None:
    model = model_builder.Model()
    model.import_from_mps_file(path)
    solver = model_builder.Solver("sat")
    solver.enable_output(True)
    solver.set_time_limit_in_seconds(float(seconds))
    # Else what is no whole number, such as shares, becomes nought.
    whole = "mip_var_scaling:1000, mip_max_bound:1e12, mip_drop_tolerance:1e-12"
    solver.set_solver_specific_parameters(f"num_workers:1, {whole}")
    solver.solve(model)


if __name__ == "__main__":
    main(*sys.argv[1:])
