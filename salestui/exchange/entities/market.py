"""Rules for what is sold and to whom: product lines, products, accounts."""

from salestui.exchange.loading import Loading
from salestui.model.tables.market import Account, Product, ProductLine


def product_lines(loading: Loading) -> None:
    """Product lines."""
    for record in loading.take("product_line"):
        loading.put(record, ProductLine, record.values["id"], loading.columns(record, ["name"]))


def products(loading: Loading) -> None:
    """Products with their line."""
    for record in loading.take("product"):
        values = loading.columns(record, ["name", "list_price", "unit_cost"], ["line"])
        loading.put(record, Product, record.values["id"], values)


def accounts(loading: Loading) -> None:
    """Accounts with their owner and territory."""
    for record in loading.take("account"):
        values = loading.columns(record, ["name", "sector", "created_on"], ["territory", "owner"])
        loading.put(record, Account, record.values["id"], values)
