"""Formulas over measures: parsed with `ast`, allowed by a whitelist, computed on exact decimals.

Arithmetic (no power), comparison, and/or/not, if-else, numbers, names of measures, and the functions `min`, `max`,
`abs` and `default(x, y)`. Anything missing makes the result missing (None), as does a division by zero: a number
without a denominator is not available, never 0 and never infinite.
"""

import ast
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from salestui.model.values.errors import UsageProblem

Value = Decimal | None
_Compute = Callable[[Mapping[str, Value]], Value]

MAX_LENGTH = 400
MAX_NODES = 120
MAX_DEPTH = 20

_ARITHMETIC: dict[type[ast.operator], Callable[[Decimal, Decimal], Value]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b if b else None,
}
_COMPARISON: dict[type[ast.cmpop], Callable[[Decimal, Decimal], bool]] = {
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
}
_FUNCTIONS: dict[str, int] = {"min": 2, "max": 2, "abs": 1, "default": 2}
_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789.,+-*/()<>=! \t\n")
_EXPECTED = "numbers, measures, + - * /, comparisons, and/or/not, if-else, " + ", ".join(_FUNCTIONS)


class Language(NamedTuple):
    """How formulas of one kind are spoken of, and what functions of two numbers they have besides."""

    noun: str
    expected: str
    functions: Mapping[str, Callable[[Decimal, Decimal], Value]]


_OF_MEASURES = Language("measure", _EXPECTED, {})


class Formula:
    """A formula that was understood: the names it reads, and its value for given measures."""

    __slots__ = ("_compute", "names", "text")

    def __init__(self, text: str, names: frozenset[str], compute: _Compute) -> None:
        self.text = text
        self.names = names
        self._compute = compute

    def value(self, measures: Mapping[str, Value]) -> Value:
        """The value for `measures` by name; None where something needed is missing."""
        try:
            return self._compute(measures)
        except ArithmeticError:
            return None


def parse(text: str, known: Collection[str], language: Language = _OF_MEASURES) -> Formula:
    """Understand `text`, whose names must be among `known`."""
    if text in known:
        # Most of the program's own formulas are a name alone, and each start of it would parse them all.
        return Formula(text, frozenset((text,)), lambda measures: measures.get(text))
    if len(text) > MAX_LENGTH:
        raise UsageProblem(
            "The formula is too long.", where=text[:40] + "…", expected=f"{MAX_LENGTH} characters at most"
        )
    strange = sorted(set(text) - _CHARACTERS)
    if strange:
        raise UsageProblem(
            f"A formula has no {strange[0]!a} in it", where=ascii(text)[1:-1], expected=language.expected
        )
    if any(
        (before.isdigit() or before == ".") and (after.isalpha() or after == "_") for before, after in pairwise(text)
    ):
        raise UsageProblem("A number or a dot runs into a word", where=text, expected="plain numbers such as 0.25")
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise UsageProblem(_unreadable(text), where=text, expected="such as bookings / quota") from error
    if sum(1 for _ in ast.walk(tree)) > MAX_NODES:
        raise UsageProblem("The formula has too many parts.", where=text, expected=f"{MAX_NODES} at most")
    builder = _Builder(text.strip(), known, language)
    compute = builder.build(tree.body, 0)
    return Formula(text, frozenset(builder.names), compute)


def _unreadable(text: str) -> str:
    """What is wrong with what is no formula, as far as it can be told."""
    depth = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return "The formula cannot be read: a bracket is closed that was not opened"
    if depth:
        return "The formula cannot be read: a bracket is not closed"
    if text.rstrip().endswith(("+", "-", "*", "/", ",")):
        return f"The formula cannot be read: nothing follows the last “{text.rstrip()[-1]}”"
    return "The formula cannot be read"


class _Builder:
    def __init__(self, text: str, known: Collection[str], language: Language) -> None:
        self._text = text
        self._known = known
        self._language = language
        self.names: set[str] = set()

    def build(self, node: ast.expr, depth: int) -> _Compute:
        if depth > MAX_DEPTH:
            raise UsageProblem("The formula is nested too deeply.", where=self._text, expected=f"{MAX_DEPTH} levels")
        parts = [self.build(child, depth + 1) for child in self._operands(node)]
        match node:
            case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
                return self._number(node)
            case ast.Name(id=name):
                return self._name(name)
            case ast.BinOp(op=op) if type(op) in _ARITHMETIC:
                return _both(_ARITHMETIC[type(op)], *parts)
            case ast.UnaryOp(op=ast.USub()):
                return _each(lambda value: -value, parts[0])
            case ast.UnaryOp(op=ast.Not()):
                return _each(lambda value: Decimal(not value), parts[0])
            case ast.Compare(ops=[op]) if type(op) in _COMPARISON:
                compare = _COMPARISON[type(op)]
                return _both(lambda a, b: Decimal(compare(a, b)), *parts)
            case ast.BoolOp(op=op):
                return _logic(isinstance(op, ast.And), parts)
            case ast.IfExp():
                return _choice(*parts)
            case ast.Call(func=ast.Name(id=name), keywords=[]) if _FUNCTIONS.get(name) == len(parts):
                return _function(name, parts)
            case ast.Call(func=ast.Name(id=name), args=[_, _], keywords=[]) if name in self._language.functions:
                return _both(self._language.functions[name], *parts)
        raise self._refusal(node)

    def _operands(self, node: ast.expr) -> list[ast.expr]:
        match node:
            case ast.BinOp():
                return [node.left, node.right]
            case ast.UnaryOp():
                return [node.operand]
            case ast.Compare():
                return [node.left, *node.comparators]
            case ast.BoolOp():
                return node.values
            case ast.IfExp():
                return [node.test, node.body, node.orelse]
            case ast.Call():
                return node.args
        return []

    def _number(self, node: ast.Constant) -> _Compute:
        number = Decimal(ast.get_source_segment(self._text, node) or "")
        return lambda _measures: number

    def _name(self, name: str) -> _Compute:
        if name not in self._known:
            import difflib

            near = difflib.get_close_matches(name, list(self._known), 1)
            raise UsageProblem(
                f"There is no {self._language.noun} “{name}”.",
                where=self._text,
                remedy=f"Did you mean “{near[0]}”?" if near else "Known are: " + ", ".join(sorted(self._known)),
            )
        self.names.add(name)
        return lambda measures: measures.get(name)

    def _refusal(self, node: ast.expr) -> UsageProblem:
        part = ast.get_source_segment(self._text, node) or self._text
        return UsageProblem(
            f"“{part}” is not allowed in a formula.",
            where=self._text,
            expected=self._language.expected,
        )


def _each(compute: Callable[[Decimal], Value], part: _Compute) -> _Compute:
    def result(measures: Mapping[str, Value]) -> Value:
        value = part(measures)
        return None if value is None else compute(value)

    return result


def _both(compute: Callable[[Decimal, Decimal], Value], left: _Compute, right: _Compute) -> _Compute:
    def result(measures: Mapping[str, Value]) -> Value:
        a, b = left(measures), right(measures)
        return None if a is None or b is None else compute(a, b)

    return result


def _logic(conjunction: bool, parts: list[_Compute]) -> _Compute:
    def result(measures: Mapping[str, Value]) -> Value:
        values = [part(measures) for part in parts]
        if any(value is None for value in values):
            return None
        return Decimal(all(values) if conjunction else any(values))

    return result


def _choice(test: _Compute, then: _Compute, otherwise: _Compute) -> _Compute:
    def result(measures: Mapping[str, Value]) -> Value:
        decision = test(measures)
        if decision is None:
            return None
        return then(measures) if decision else otherwise(measures)

    return result


def _function(name: str, parts: list[_Compute]) -> _Compute:
    if name == "abs":
        return _each(abs, parts[0])
    if name == "default":
        first, second = parts

        def given(measures: Mapping[str, Value]) -> Value:
            value = first(measures)
            return second(measures) if value is None else value

        return given
    return _both(min if name == "min" else max, *parts)
