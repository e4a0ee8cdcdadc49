"""Chance that falls the same way on every run, every Python and every machine.

Only `Random.random()` is promised to stay the same between versions of Python; `sum()` of floats changed in 3.12, and
the exponentials of C libraries differ in their last digit. So all of this is made of `random()`, sums and products.
"""

import random
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


class Dice:
    """A source of chance of its own for each subject, so that a change to one leaves the others as they were."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random

    def chance(self, probability: float) -> bool:
        return self._random() < probability

    def below(self, limit: int) -> int:
        """A whole number from 0 to `limit` - 1."""
        return int(self._random() * limit)

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def pick(self, things: Sequence[Thing]) -> Thing:
        return things[self.below(len(things))]

    def weighted(self, choices: Sequence[tuple[Thing, int]]) -> Thing:
        """One of the choices, each as likely as its weight says."""
        left = self.below(sum(weight for _, weight in choices))
        for thing, weight in choices:
            left -= weight
            if left < 0:
                return thing
        raise ValueError("every weight is zero")

    def sample(self, things: Sequence[Thing], count: int) -> list[Thing]:
        """`count` different things in the order in which they stand."""
        chosen: list[Thing] = []
        for index, thing in enumerate(things):
            if self._random() * (len(things) - index) < count - len(chosen):
                chosen.append(thing)
        return chosen

    def count(self, mean: float) -> int:
        """A whole number that is `mean` on average."""
        whole = int(mean)
        return whole + self.chance(mean - whole)

    def bell(self) -> float:
        """Nearly normal with mean 0 and deviation 1: twelve uniform numbers less six."""
        total = -6.0
        for _ in range(12):
            total += self._random()
        return total

    def skewed(self, median: float, spread: float) -> float:
        """Nearly lognormal: half lie below `median`, a long tail above."""
        return median * _exponential(spread * self.bell())


class EvenLuck:
    """Counts that make up for one another: by chance early or late, but true to their mean before long."""

    def __init__(self) -> None:
        self._owed = 0.0

    def count(self, mean: float, dice: Dice) -> int:
        """A whole number that is `mean` on average, and more when less came before."""
        self._owed += mean
        found = max(0, int(self._owed + 0.5 - dice.below(1000) / 1000))
        self._owed -= found
        return found


def _exponential(power: float) -> float:
    result = 1 + power / 1024
    for _ in range(10):
        result *= result
    return result
