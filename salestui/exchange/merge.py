"""Records that stand twice: equal ones are one, contradicting ones are both refused."""

from collections.abc import Sequence

from salestui.exchange.fields import ENTITIES, plural
from salestui.exchange.shape import Record
from salestui.exchange.trouble import Fault, Refusal, Trouble, quoted


def merged(entity: str, records: Sequence[Record], trouble: Trouble) -> list[Record]:
    """Records of a kind, each once. Two feeds may each tell a part of a record; where they differ, both are refused."""
    first: dict[tuple[object, ...], Record] = {}
    repeated: list[tuple[Record, Record]] = []
    for record in records:
        known = first.setdefault(record.identity, record)
        if known is record:
            continue
        differing = next((name for name in record.values if _differ(known, record, name)), None)
        if differing is not None:
            _refuse(known, record, differing, trouble)
        elif known.feed is record.feed:
            if not record.feed.distinct:
                repeated.append((known, record))
        else:
            known.values |= {name: value for name, value in record.values.items() if value is not None}
    if repeated:
        known, record = repeated[0]
        trouble.warn(
            f"{record.file}: {len(repeated):,} {plural(entity)} stand there twice with the same content,"
            f" such as in rows {known.row} and {record.row}; each is taken once."
        )
    return [record for record in first.values() if not record.refused]


def _differ(known: Record, record: Record, name: str) -> bool:
    """Whether two records contradict each other; what one feed leaves empty, another may tell."""
    if name not in known.values or known.values[name] == record.values[name]:
        return False
    return known.feed is record.feed or (known.values[name] is not None and record.values[name] is not None)


def _refuse(known: Record, record: Record, name: str, trouble: Trouble) -> None:
    shown = ", ".join(str(part) for part in record.identity if part is not None)
    for one, other in ((known, record), (record, known)):
        if not one.refused:
            one.refused = True
            fault = Fault(
                f"{quoted(shown)} stands in {other.where} too, with another {name}",
                f"every one of the {plural(record.entity)} once",
                "Take one of the two rows out.",
            )
            column = one.columns.get(ENTITIES[one.entity].identity[0], "")
            trouble.refuse(Refusal(one.entity, one.file, one.row or None, column, shown, fault))
