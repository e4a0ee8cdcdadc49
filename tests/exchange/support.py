"""A small company in the project's own layout, and a desk to import files at."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from salestui.exchange.load import load
from salestui.exchange.mapping_file import find_mapping, read_mapping
from salestui.exchange.report import Report
from salestui.store.work import Actor

ANN = Actor("Ann")
WRITTEN_AT = 1_780_000_000

SMALL = {
    "company.toml": '[company]\nname = "Small"\ncurrency = "USD"\nzone = "America/Chicago"\nas_of = "2026-03-31"\n',
    "territories.csv": "id,name,parent\nT1,West,\nT2,Bay,T1\n",
    "seats.csv": (
        "id,title,kind,team,territory,valid_from,valid_to\n"
        "S1,Head of Sales,manager,Sales,T1,2020-01-01,\n"
        "S2,Seller,seller,,T2,2020-01-01,\n"
        "S3,Seller,seller,,,2020-01-01,\n"
    ),
    "reporting.csv": "seat,manager_seat,valid_from,valid_to\nS2,S1,2020-01-01,\nS3,S1,2020-01-01,\n",
    "people.csv": (
        "id,name,email,hired_on,left_on\n"
        "P1,Kim Park,kim@small.example,2020-01-01,\n"
        "P2,Ana Ruiz,ana@small.example,2020-01-01,\n"
        "P3,Bo Chen,,2021-05-01,\n"
    ),
    "occupancies.csv": ("person,seat,valid_from,valid_to\nP1,S1,2020-01-01,\nP2,S2,2020-01-01,\nP3,S3,2021-05-01,\n"),
    "lines.csv": "id,name\nL1,Flow\n",
    "products.csv": "id,name,line,list_price,unit_cost\nX1,Meter,L1,100.5,40\nX2,Service,,,\n",
    "accounts.csv": "id,name,sector,territory,owner,created_on\nA1,Acme,Food,T2,P2,2024-02-01\nA2,Bolt,,,,\n",
    "stages.csv": (
        "id,name,position,probability,category,outcome\n"
        "G1,Open,1,0.2,pipeline,open\nG2,Won,2,1,closed,won\nG3,Lost,3,0,omitted,lost\n"
    ),
    "opportunities.csv": (
        "id,name,account,owner,product,stage,type,source,amount,currency,created_on,close_on,lost_reason\n"
        "O1,First,A1,P2,X1,G2,new,Web,1000,USD,2026-01-05,2026-02-10,\n"
        "O2,Second,A2,P3,X2,G1,renewal,,,USD,2026-02-01,2026-05-01,\n"
        "O3,Third,A1,P3,X1,G3,new,,500.25,USD,2026-01-01,2026-03-01,Price\n"
    ),
    "stage_changes.csv": "opportunity,stage,entered_on\nO1,G1,2026-01-05\nO1,G2,2026-02-10\n",
    "sales.csv": (
        "id,opportunity,account,product,type,booked_on,amount,cost,currency,owner\n"
        "V1,O1,A1,X1,new,2026-02-10,1000,400,USD,P2\n"
        "V2,,A2,X2,renewal,2026-02-11,100.01,,USD,P3\n"
        "V3,,A2,X1,new,2026-03-01,50,20,USD,\n"
    ),
    "credits.csv": "sale,person,share,role\nV2,P3,0.5,primary\nV2,P2,0.5,split\nV2,P1,0.1,overlay\n",
    "quotas.csv": (
        "fiscal_year,seat,month,line,amount\n2026,S2,2026-01-01,,500\n2026,S2,2026-02-01,,\n2026,S3,2026-01-01,L1,0\n"
    ),
}
"""Three people, three deals, three sales, one of them shared."""


@dataclass
class Desk:
    """A database, and a folder with files for it."""

    engine: Engine
    folder: Path
    url: str

    def write(self, files: Mapping[str, str | bytes], at: int = WRITTEN_AT) -> Path:
        """Write files into the folder, all at one moment, for that counts as the data's."""
        for name, content in files.items():
            path = self.folder / name
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            os.utime(path, (at, at))
        return self.folder

    def load(self, mapping: str | None = None, *paths: Path, **how: Any) -> Report:
        """Import the folder (or `paths`) through a mapping, which is a name or TOML text."""
        found = None
        if mapping is not None and "\n" in mapping:
            path = self.folder.parent / "mapping.toml"
            path.write_text(mapping, encoding="utf-8")
            found = read_mapping(str(path))
        elif mapping is not None:
            found = find_mapping(mapping)
        return load([str(path) for path in paths or (self.folder,)], found, self.engine, ANN, **how)

    def small(self, **changed: str | None) -> Report:
        """Import the small company, with files changed or added (by name without ending) or, where None, left out."""
        for path in self.folder.iterdir():
            path.unlink()
        files: dict[str, str | None] = dict(SMALL)
        files |= {f"{name}.toml" if name == "company" else f"{name}.csv": text for name, text in changed.items()}
        self.write({name: content for name, content in files.items() if content is not None})
        return self.load()

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a query gives."""
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(sql))]

    def one(self, sql: str) -> Any:
        """The single value of a query."""
        ((value,),) = self.rows(sql)
        return value


def told(report: Report) -> str:
    """All refusals as one text."""
    return "\n".join(map(str, report.refusals))
