"""Commands of several actions, such as `salestui seat open`: the options that all of these take."""

from argparse import SUPPRESS, ArgumentParser, _SubParsersAction
from collections.abc import Mapping


def with_actions(parser: ArgumentParser, actions: Mapping[str, str]) -> dict[str, ArgumentParser]:
    """The parsers of a command's actions, each with what all of them take."""
    common = ArgumentParser(add_help=False, argument_default=SUPPRESS)
    common.add_argument("--db", metavar="PATH|URL", help="the database: a path, or postgresql://host/name")
    common.add_argument("--as-of", metavar="DATE", help="the day everything is seen from, such as 2026-03-31")
    common.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(json=False)
    added: _SubParsersAction[ArgumentParser] = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    return {
        name: added.add_parser(name, help=line, description=line, parents=[common], allow_abbrev=False)
        for name, line in actions.items()
    }
