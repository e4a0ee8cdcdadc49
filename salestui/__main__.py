"""`python -m salestui`, and the `salestui` command."""

import gc
import sys


def main() -> int:
    """Run the command line and return the process's exit code."""
    if sys.argv[1:2] == ["kpi"]:
        gc.disable()  # it is over in the blink of an eye, and a tenth of that would go into looking for garbage
    from salestui.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
