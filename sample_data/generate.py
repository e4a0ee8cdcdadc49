"""Writes the sample company: Tarnwick Instruments, makers of flow meters, pressure cells and gas analysers.

The story. It is Thursday 20 November 2025, day 51 of 92 in the fourth quarter. A vice president leads five teams: West,
Central, East, North and Key Accounts. Two of the managers sell too, one was replaced by a promotion. Four people have
changed teams, one of them in the middle of a month; one seat now reports to another manager. Eight people have left,
two seats are vacant (one of them carries its quota on) and one more is planned for January. Who was hired this year
ramps up by a schedule, and one person is relieved of some quota while on leave. Deals close late in the quarter, so
that by this day well under half of a quarter is usually booked: the company is a little ahead of that pace, West far
ahead, East and Key Accounts behind. Some names are as unfriendly to a screen as a customer's may legally be.

The layout. `company.toml` holds the company and its calendar; each CSV file holds one kind of thing (UTF-8, commas, a
header, ISO dates, plain decimals, an empty field where nothing is known) and refers to others by id. Nothing depends on
the dates being these: they may all be moved by whole quarters.

The making. `company.py` is the cast; `accounts.py`, `deals.py`, `ledger.py` and `plan.py` make the rows with the chance
of `dice.py`; `tables.py` puts them in their columns; `summary.py` works out the story's figures from the files. The
result is the same, byte for byte, on every run, every Python and every machine.

    python sample_data/generate.py [--out DIR] [--summary]
"""

import argparse
import csv
from pathlib import Path

from company import COMPANY_TOML
from summary import report
from tables import make_tables

PAST_SEED = 2008
PRESENT_SEED = 500


def write(folder: Path) -> None:
    """Writes `company.toml` and all CSV files into `folder`, which is made when it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "company.toml").write_bytes(COMPANY_TOML.encode())
    for name, (columns, rows) in make_tables(PAST_SEED, PRESENT_SEED).items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes the sample company.")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="the folder to write into")
    parser.add_argument("--summary", action="store_true", help="print the story's figures as well")
    options = parser.parse_args()
    write(options.out)
    if options.summary:
        print(report(options.out))


if __name__ == "__main__":
    main()
