"""`python -m salestui`, and the `salestui` command."""

import sys


def main() -> int:
    """Run the command line and return the process's exit code."""
    from salestui.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
