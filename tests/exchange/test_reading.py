import codecs
from pathlib import Path

import pytest

from salestui.exchange.reading import Layout, Sheet, folded, read_sheet
from salestui.model.values.errors import DataProblem

TEXT = "id;Name *;When\r\n1;Müller;2026-01-01\r\n"


WANTED = ("id", "name")
PLAIN = Layout()


def read(tmp_path: Path, content: bytes | str, layout: Layout = PLAIN) -> Sheet:
    path = tmp_path / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_sheet(str(path), WANTED, layout, lambda _rows: None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_usual_encodings_are_told_apart(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, TEXT.encode(encoding)).columns["name"] == ["Müller"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [True, False])
def test_both_orders_of_utf_16_are_read_with_a_mark_and_without(tmp_path: Path, encoding: str, mark: bool) -> None:
    first = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}[encoding] if mark else b""
    assert read(tmp_path, first + TEXT.encode(encoding)).columns["name"] == ["Müller"]


def test_an_encoding_that_was_guessed_is_told(tmp_path: Path) -> None:
    assert "cp1252" in read(tmp_path, TEXT.encode("cp1252")).notes[0]


def test_an_unusual_encoding_is_refused_or_named(tmp_path: Path) -> None:
    russian = "id,name\n1,Москва и Новгород\n".encode("cp1251")
    with pytest.raises(DataProblem, match="encoding"):
        read(tmp_path, russian)
    assert read(tmp_path, russian, Layout(encoding="cp1251")).columns["name"] == ["Москва и Новгород"]


def test_letters_that_were_encoded_twice_are_read_as_they_were_meant(tmp_path: Path) -> None:
    found = read(tmp_path, "id,name\n1,Sánchez\n2,Álvarez\n".encode().decode("latin-1").encode())
    assert found.columns["name"] == ["Sánchez", "Álvarez"]
    assert "twice" in found.notes[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_usual_delimiters_are_told_apart(tmp_path: Path, delimiter: str) -> None:
    assert (
        read(tmp_path, delimiter.join(["id", "name", "a;b,c"]) + "\n" + delimiter.join("123") + "\n").delimiter
        == delimiter
    )


def test_column_names_are_compared_folded() -> None:
    assert folded("  Deal   Name * ") == "deal name"


def test_blank_rows_are_passed_over_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    found = read(tmp_path, "\nid,name\n\n1,a\n , \n,,\n2,b\n")
    assert found.columns["id"] == ["1", "2"]
    assert found.numbers == [4, 7]


def test_rows_with_too_many_or_too_few_fields_are_noted(tmp_path: Path) -> None:
    assert read(tmp_path, "id,name\n1\n2,b,c\n3,d\n").misshapen == ((2, 1), (3, 3))


def test_a_footer_ends_the_file(tmp_path: Path) -> None:
    found = read(tmp_path, "id,name\n1,a\nGrand Totals,\nConfidential\n", Layout(footer=("grand total",)))
    assert found.columns["id"] == ["1"]
    assert not found.misshapen


def test_a_file_without_a_header_gets_its_names_from_the_mapping(tmp_path: Path) -> None:
    found = read(tmp_path, "1\ta\n2\tb\n", Layout(header=("Id", "Name")))
    assert found.columns == {"id": ["1", "2"], "name": ["a", "b"]}
    assert found.numbers == [1, 2]


def test_quoted_fields_hold_delimiters_quotes_and_line_ends(tmp_path: Path) -> None:
    assert read(tmp_path, 'id,name\n1,"a, ""b""\nc"\n').columns["name"] == ['a, "b"\nc']


def test_ids_keep_their_zeros(tmp_path: Path) -> None:
    assert read(tmp_path, "id,name\n01581,a\n").columns["id"] == ["01581"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"\n\n , \n", "empty"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"\x1f\x8brest", "compressed"),
        (b"id,name\n1,\x00\n", "binary"),
        (b'id,name\n1,"a\n', "quotes"),
        (b'id,name\n1,"a"b\n', "quotes"),
        (b"id,name,id\n1,a,2\n", "same name"),
        (b"\xff\xfei\x00d", "seems"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(DataProblem, match=told):
        read(tmp_path, content)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("salestui.exchange.reading.LARGEST_MEGABYTES", 0)
    with pytest.raises(DataProblem, match="too large"):
        read(tmp_path, TEXT)
