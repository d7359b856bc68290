"""Lists out: no formula, phones readable, and every cell back as it went."""

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hackathon.kit.sheets import read_table, write_csv, write_xlsx

DANGEROUS = ["=1+1", "+33 2 72+A1", "+1+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", "＝1"]


@pytest.mark.parametrize("value", DANGEROUS)
def test_write_csv_quotes_formulas_and_read_gives_them_back(value):
    data = write_csv(["Prénom", "Nom"], [["Zoé", value]])
    written = data.decode("utf-8-sig").split("\r\n", 1)[1].split(";", 1)[1].lstrip('"')
    assert written.startswith("'")
    assert value.strip() in written
    assert read_table(data, "x").rows[0].cells[1] == value


@pytest.mark.parametrize("value", DANGEROUS)
def test_write_xlsx_stores_text_never_a_formula(value):
    data = write_xlsx(["Prénom", "Nom"], [["Zoé", value]])
    cell = openpyxl.load_workbook(io.BytesIO(data)).active["B2"]
    assert (cell.data_type, cell.number_format, cell.value[0]) == ("s", "@", "'")
    assert read_table(data, "x").rows[0].cells[1] == value.replace("\r", "\n")


@pytest.mark.parametrize("value", ["+33 2 72 99 61 31", "+33612345678", "06 12 34 56 78"])
def test_a_phone_is_written_as_it_is_read(value):
    """« + » with digits and blanks computes nothing: no apostrophe to puzzle over, and it comes back."""
    data = write_csv(["Prénom", "Nom"], [["Zoé", value]])
    assert data.decode("utf-8-sig") == f"Prénom;Nom\r\nZoé;{value}\r\n"
    book = write_xlsx(["Prénom", "Nom"], [["Zoé", value]])
    cell = openpyxl.load_workbook(io.BytesIO(book)).active["B2"]
    assert (cell.data_type, cell.number_format, cell.value) == ("s", "@", value)
    assert [read_table(each, "x").rows[0].cells[1] for each in (data, book)] == [value, value]


def test_write_csv_opens_in_french_excel():
    data = write_csv(["Prénom", "Nom"], [["Zoé", None]])
    assert data == "\ufeffPrénom;Nom\r\nZoé;\r\n".encode()


CELL = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\r", exclude_categories=["Cc"]), max_size=12
)
TRICKY = st.sampled_from(
    [*DANGEROUS[:5], "+33 6 12 34", "''=1", '"', 'a;"b', "x,y\tz", "deux\nlignes", "", " bord "]
)
ROW = st.tuples(st.just("Zoé"), CELL | TRICKY, CELL | TRICKY).map(list)


@settings(deadline=None)
@given(st.lists(ROW, min_size=1, max_size=8), st.sampled_from([";", ",", "\t"]))
def test_csv_comes_back_as_it_went(rows, delimiter):
    table = read_table(write_csv(["Prénom", "Nom", "Notes"], rows, delimiter=delimiter), "x")
    assert table.delimiter == delimiter
    assert [row.cells for row in table.rows] == rows


@settings(deadline=None)
@given(st.lists(ROW, min_size=1, max_size=4))
def test_xlsx_comes_back_as_it_went(rows):
    table = read_table(write_xlsx(["Prénom", "Nom", "Notes"], rows), "x")
    assert [row.cells for row in table.rows] == [
        [c.replace("\ufffe", "").replace("\uffff", "") for c in r] for r in rows
    ]
