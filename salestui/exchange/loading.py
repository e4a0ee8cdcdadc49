"""An import under way: the records the files hold, the company they belong to, and the plan they are turned into."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from salestui.exchange.compare import Plan, TablePlan
from salestui.exchange.fields import ENTITIES, plural
from salestui.exchange.mapping import Mapping as FileMapping
from salestui.exchange.rates import PlanRates
from salestui.exchange.shape import Record
from salestui.exchange.trouble import Fault, Pulse, Refusal, Trouble, quoted
from salestui.metrics.structure import Stretch, seats_by_day
from salestui.model.tables.base import Sourced
from salestui.model.tables.ledger import PlanRate, Sale
from salestui.model.tables.market import Account, Product, ProductLine
from salestui.model.tables.organisation import Occupancy, Person, Seat, Territory
from salestui.model.tables.pipeline import Opportunity, Stage
from salestui.model.tables.staffing import Ramp
from salestui.model.values.period import EARLIEST, LATEST
from salestui.store.company import Company

MODELS: Mapping[str, type[Sourced]] = {
    "territory": Territory,
    "person": Person,
    "seat": Seat,
    "product_line": ProductLine,
    "product": Product,
    "account": Account,
    "stage": Stage,
    "opportunity": Opportunity,
    "sale": Sale,
    "ramp": Ramp,
}
"""The tables of the kinds of records that others refer to."""

_MOST_COMPARED = 5_000


@dataclass
class Loading:
    """What the rules for each kind of record work with."""

    mapping: FileMapping
    company: Company
    as_of: date
    """The day the source's data is from."""
    records: Mapping[str, Sequence[Record]]
    plan: Plan
    trouble: Trouble
    pulse: Pulse
    _nearest: dict[tuple[str, str], str] = field(default_factory=dict)

    def table(self, model: type[Sourced]) -> TablePlan:
        """The plan of a table."""
        return self.plan.table(model)

    def take(self, entity: str) -> list[Record]:
        """The records of a kind that are not refused."""
        records = self.records.get(entity, ())
        self.pulse.beat(f"Comparing {plural(entity)}", 0, len(records))
        return [record for record in records if not record.refused]

    def has(self, entity: str) -> bool:
        """Whether the files held this kind of record, be it without a single row."""
        return entity in self.records

    def refuse(self, record: Record, name: str, fault: Fault) -> None:
        """Refuse a record for one of its fields."""
        record.refused = True
        value = record.values.get(name)
        shown = None if value is None else str(value)
        column = record.columns.get(name, name)
        self.trouble.refuse(Refusal(record.entity, record.file, record.row or None, column, shown, fault))

    def refer(self, record: Record, name: str) -> int | None:
        """The id of what a field refers to; None where it is empty, or unknown, which refuses the record."""
        key = record.values.get(name)
        if key is None:
            return None
        entity = ENTITIES[record.entity].fields[name].to
        found = self.table(MODELS[entity]).id_of(key)
        if found is None:
            refused = self.trouble.rows.get(entity)
            remedy = f"Some {plural(entity)} were refused; mend them first." if refused else ""
            expected = f"one of the {plural(entity)} of this or an earlier import"
            self.refuse(
                record, name, Fault(f"There is no {quoted(key)}{self._suggestion(entity, key)}", expected, remedy)
            )
        return found

    def columns(self, record: Record, plain: Iterable[str], references: Iterable[str] = ()) -> dict[str, Any]:
        """A row's columns: fields as they are, and `name_id` for fields that refer; only those the mapping gives."""
        values = {name: record.values[name] for name in plain if name in record.values}
        for name in references:
            if name in record.values:
                values[f"{name}_id"] = self.refer(record, name)
        return values

    def span(self, record: Record) -> dict[str, date]:
        """`valid_from` and `valid_to`, open where nothing is given; refused where it ends before it begins."""
        start = record.values.get("valid_from") or EARLIEST
        end = record.values.get("valid_to") or LATEST
        if end < start:
            self.refuse(record, "valid_to", Fault(f"It ends on {end}, before it begins", f"a day from {start} on"))
        return {"valid_from": start, "valid_to": end}

    def put(self, record: Record, model: type[Sourced], key: str, values: Mapping[str, Any]) -> int | None:
        """Take a record's row in, unless the record is refused."""
        return None if record.refused else self.table(model).put(key, values)

    def in_order(self, records: Sequence[Record], parent: str) -> list[Record]:
        """Records after the ones they refer to by `parent`; records in a circle are refused."""
        by_key = {record.values["id"]: record for record in records}
        done: dict[str, Record] = {}
        for record in records:
            path: dict[str, Record] = {}
            current: Record | None = record
            while current is not None and current.values["id"] not in done:
                key = current.values["id"]
                if key in path:
                    self._refuse_circle([*list(path)[list(path).index(key) :], key], by_key, parent)
                    break
                path[key] = current
                current = by_key.get(current.values.get(parent, ""))
            done.update(reversed(list(path.items())))
        return [record for record in done.values() if not record.refused]

    @cached_property
    def rates(self) -> PlanRates:
        """Plan rates, those of this import included."""
        return PlanRates(self.company, self.table(PlanRate).by_id.values())

    @cached_property
    def _seats(self) -> dict[int, list[tuple[date, date, int]]]:
        rows = self.table(Occupancy).by_id.values()
        stretches = [Stretch(row["person_id"], row["seat_id"], row["valid_from"], row["valid_to"]) for row in rows]
        found: dict[int, list[tuple[date, date, int]]] = {}
        for person, start, end, seat in seats_by_day(stretches):
            found.setdefault(person, []).append((start, end, seat))
        return found

    def seat_of(self, person: int, day: date) -> int | None:
        """The seat that a person's numbers of a day belong to; None for one who never had any."""
        return next((seat for start, end, seat in self._seats.get(person, ()) if start <= day <= end), None)

    def _refuse_circle(self, keys: Sequence[str], by_key: Mapping[str, Record], parent: str) -> None:
        shown = " → ".join(quoted(key) for key in keys[:6])
        for key in dict.fromkeys(keys):
            if not by_key[key].refused:
                self.refuse(
                    by_key[key], parent, Fault(f"This runs in a circle: {shown}", "somebody or something above")
                )

    def _suggestion(self, entity: str, key: str) -> str:
        if (entity, key) not in self._nearest:
            self._nearest[entity, key] = self._suggest(entity, key) if len(self._nearest) < 200 else ""
        return self._nearest[entity, key]

    def _suggest(self, entity: str, key: str) -> str:
        rows = self.table(MODELS[entity]).by_key
        wanted = key.casefold()
        names: dict[str, str] = {}
        for known, row in rows.items():
            name = row.get("name") or row.get("title")
            if name is not None and name.casefold() == wanted:
                return f"; {quoted(name)} has the id {quoted(known)}"
            names.setdefault(known.casefold(), known)
        if len(names) > _MOST_COMPARED:
            return ""
        near = difflib.get_close_matches(wanted, names, n=1)
        return f"; did you mean {quoted(names[near[0]])}?" if near else ""
