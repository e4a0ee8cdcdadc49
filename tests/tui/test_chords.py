"""Keys pressed one after another."""

from textual.events import Key

from salestui.tui.chords import Chords

BOUND = ("g 1", "g g", "q")


def press(chords: Chords, *keys: str) -> list[str]:
    """What the keys amount to, one after another."""
    return [event.key for key in keys for event in chords.press(Key(key, None), BOUND)]


def test_two_keys_make_a_chord() -> None:
    chords = Chords(BOUND)
    assert press(chords, "g") == []
    assert chords.waiting == "g"
    assert press(chords, "1") == ["g 1"]
    assert not chords.waiting


def test_a_chord_may_be_one_key_twice() -> None:
    assert press(Chords(BOUND), "g", "g") == ["g g"]


def test_keys_that_make_no_chord_come_through_one_by_one() -> None:
    assert press(Chords(BOUND), "g", "x", "q") == ["g", "x", "q"]


def test_escape_takes_a_begun_chord_back() -> None:
    chords = Chords(BOUND)
    assert press(chords, "g", "escape") == []
    assert press(chords, "1") == ["1"]


def test_only_keys_that_may_matter_concern_it() -> None:
    chords = Chords(BOUND)
    assert not chords.concern(Key("q", None))
    assert chords.concern(Key("g", None))
    press(chords, "g")
    assert chords.concern(Key("q", None))
