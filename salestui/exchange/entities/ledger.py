"""Rules for the sales ledger: what was booked, and who earned which share of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from salestui.exchange.entities.bookings import BookedHere
from salestui.exchange.entities.pipeline import in_company_currency, line
from salestui.exchange.loading import Loading
from salestui.exchange.shape import Record
from salestui.exchange.trouble import Fault
from salestui.model.tables.ledger import Credit, Sale
from salestui.model.values.amount import Amount, split
from salestui.model.values.rate import Rate

_ALL = Rate(1)
_STEP = Amount("0.0001")
_BEAT = 2_000


@dataclass(frozen=True)
class Share:
    """A share of a sale, and the id it has as a credit."""

    key: str
    person: int
    role: str
    rule: str
    share: Rate


def sales(loading: Loading) -> None:
    """Sales with their credits: all to the owner, unless the source says how they are shared."""
    shared, in_doubt = _shares_told(loading)
    plain = ["type", "booked_on", "amount", "cost"]
    records = loading.take("sale")
    kept = _shares_kept(loading) if not loading.has("credit") else {}
    credited: set[int] = set()
    booked_here = BookedHere(loading, records)
    for number, record in enumerate(records):
        if number % _BEAT == 0:
            loading.pulse.beat("Comparing sales", number, len(records))
        values = loading.columns(record, plain, ["opportunity", "account", "product", "territory"])
        line(loading, record, values)
        owner = loading.refer(record, "owner")
        in_company_currency(
            loading, record, values, values["booked_on"], {"amount": "reporting_amount", "cost": "reporting_cost"}
        )
        if "cost" not in values:
            values.pop("reporting_cost", None)
        if record.values["id"] in in_doubt and not record.refused:
            loading.refuse(record, "id", Fault("Credits of this sale are refused", remedy="Mend them first."))
        if "owner" not in record.values and record.values["id"] not in loading.table(Sale).by_key:
            owner = booked_here.owner_of(values.get("opportunity_id"))
        sale = booked_here.put(record, values)
        if sale is None or ("owner" not in record.values and owner is None and record.values["id"] not in shared):
            continue
        credited.add(sale)
        told = shared.pop(record.values["id"], None)
        _credit(loading, sale, told or kept.get(sale) or _all_to(record.values["id"], owner), owner)
    booked_here.settle()
    for key, told in shared.items():
        found = loading.table(Sale).id_of(key)
        if found is None:
            _refuse_credits_of(loading, key)
        else:
            credited.add(found)
            _credit(loading, found, told, None)
    loading.table(Credit).drop_stale("sale_id", credited)


def _refuse_credits_of(loading: Loading, sale: str) -> None:
    for record in loading.take("credit"):
        if record.values["sale"] == sale:
            loading.refuse(record, "sale", Fault("This sale is refused", remedy="Mend it first."))


def _shares_told(loading: Loading) -> tuple[dict[str, list[Share]], set[str]]:
    """The shares that the source tells, by sale; and the sales whose credits are refused."""
    sale_keys = {record.values["id"] for record in loading.take("sale")} | loading.table(Sale).by_key.keys()
    by_sale: dict[str, list[Record]] = {}
    for record in loading.take("credit"):
        if record.values["sale"] not in sale_keys:
            loading.refer(record, "sale")
        loading.refer(record, "person")
        if not Rate(0) < record.values["share"] <= _ALL:
            loading.refuse(record, "share", Fault(f"{record.values['share']} is no share", "a share above 0, up to 1"))
        by_sale.setdefault(record.values["sale"], []).append(record)
    found = {}
    for sale, records in by_sale.items():
        _refuse_unless_whole(loading, records)
        if not any(record.refused for record in records):
            found[sale] = [_share(loading, record) for record in records]
    return found, by_sale.keys() - found.keys()


def _refuse_unless_whole(loading: Loading, records: Sequence[Record]) -> None:
    """Credits that are no overlay sum to the sale and have one primary; else all of that sale's are refused."""
    earning = [record for record in records if (record.values.get("role") or "primary") != "overlay"]
    total = Rate.sum(record.values["share"] for record in earning)
    primaries = sum((record.values.get("role") or "primary") == "primary" for record in earning)
    if earning and (total != _ALL or primaries != 1):
        what = (
            f"The credits of this sale sum to {total}"
            if total != _ALL
            else f"This sale has {primaries} primary credits"
        )
        for record in records:
            if not record.refused:
                fault = Fault(what, "shares of one primary and any splits that sum to 1, and overlays beside them")
                loading.refuse(record, "share", fault)
    elif any(record.refused for record in records):
        fault = Fault("Another credit of the same sale is refused", remedy="Mend that one first.")
        for record in records:
            if not record.refused:
                loading.refuse(record, "sale", fault)


def _share(loading: Loading, record: Record) -> Share:
    role = record.values.get("role") or "primary"
    key = f"{record.values['sale']}|{record.values['person']}|{role}"
    rule = "overlay" if role == "overlay" else "owner" if record.values["share"] == _ALL else "split"
    return Share(key, loading.refer(record, "person") or 0, role, rule, record.values["share"])


def _shares_kept(loading: Loading) -> dict[int, list[Share]]:
    """Shares that an earlier import told, where this one tells of sales only."""
    found: dict[int, list[Share]] = {}
    for key, row in loading.table(Credit).by_key.items():
        if not key.endswith("|owner") and row["person_id"] is not None:
            share = Share(key, row["person_id"], row["role"], row["rule"], row["share"])
            found.setdefault(row["sale_id"], []).append(share)
    return found


def _all_to(sale: str, owner: int | None) -> list[Share]:
    return [] if owner is None else [Share(f"{sale}|owner", owner, "primary", "owner", _ALL)]


def _credit(loading: Loading, sale_id: int, shares: list[Share], owner: int | None) -> None:
    """Put a sale's credits, whose amounts and costs sum to the sale's to the last ten-thousandth."""
    sale = loading.table(Sale).by_id[sale_id]
    earning = [each for each in shares if each.role != "overlay"]
    if shares and not earning:
        earning = _all_to(sale["source_id"], owner)
    table = loading.table(Credit)
    parts = _parts(sale["reporting_amount"], earning)
    costs = _parts(sale["reporting_cost"], earning)
    overlays = [each for each in shares if each.role == "overlay"]
    for each, amount, cost in [
        *zip(earning, parts, costs, strict=True),
        *((each, _scaled(sale["reporting_amount"], each), _scaled(sale["reporting_cost"], each)) for each in overlays),
    ]:
        table.put(
            each.key,
            {
                "sale_id": sale_id,
                "person_id": each.person,
                "seat_id": loading.seat_of(each.person, sale["booked_on"]),
                "role": each.role,
                "share": each.share,
                "amount": amount,
                "cost": cost,
                "rule": each.rule,
            },
        )


def _parts(total: Amount | None, shares: Sequence[Share]) -> Sequence[Amount | None]:
    if total is None or not shares:
        return [None] * len(shares)
    if len(shares) == 1:
        return [total]
    return split(total, [share.share for share in shares], _STEP)


def _scaled(total: Amount | None, share: Share) -> Amount | None:
    return None if total is None else total.scaled(share.share)
