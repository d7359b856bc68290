"""Lists of any shape in: what is read, from which line, and what is refused and why."""

import contextlib
import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hackathon.kit import sheet_workbook, sheets
from hackathon.kit.sheet_problems import UNREADABLE
from hackathon.kit.sheets import UnreadableFile, read_table, write_csv

TEXT = "Prénom;Nom;Adresse e-mail\r\nZoé;Lœuillet;zoe@exemple.test\r\n"


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_table(data, "liste")
    assert caught.value.text == UNREADABLE[caught.value.code] % caught.value.params
    assert "liste" in caught.value.text
    return caught.value.code


def workbook(*rows, title="Inscriptions", then=None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if then:
        then(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, change) -> bytes:
    """The same archive with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, change(old.read(entry)) if entry == name else old.read(entry))
    return out.getvalue()


# --- encodings and delimiters ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-32"])
def test_read_csv_knows_the_encoding(encoding):
    table = read_table(TEXT.encode(encoding), "x")
    assert table.header == ["Prénom", "Nom", "Adresse e-mail"]
    assert table.rows[0].cells == ["Zoé", "Lœuillet", "zoe@exemple.test"]


def test_read_csv_knows_an_old_macintosh_and_says_so():
    table = read_table("Prénom;Nom\nHélène;Mendès\n".encode("mac_roman"), "x")
    assert (table.encoding, table.rows[0].cells) == ("mac_roman", ["Hélène", "Mendès"])
    assert [note.code for note in table.notes] == ["mac_roman"]


def test_read_csv_refuses_an_encoding_it_does_not_know_rather_than_spoil_names():
    assert refusal("Prénom;Nom\nHélène;Mendès\n".encode("cp850")) == "encoding"


def test_read_csv_refuses_two_encodings_and_names_the_line():
    data = "Prénom;Nom\nZoé;A\n".encode() + "Zoé;B\n".encode("cp1252")
    with pytest.raises(UnreadableFile) as caught:
        read_table(data, "liste")
    assert (caught.value.code, caught.value.params["line"]) == ("mixed_encodings", 3)


def test_read_csv_repairs_accents_saved_twice():
    table = read_table(TEXT.encode().decode("cp1252", "ignore").encode(), "x")
    assert table.rows[0].cells[0] == "Zoé"
    assert [note.code for note in table.notes] == ["repaired_accents"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_read_csv_finds_the_delimiter_whatever_the_cells_hold(delimiter):
    rows = [["Zoé", "a, b, c, d", "x; y"], ["Luc", "e, f, g", "z"]]
    table = read_table(write_csv(["Prénom", "Compétences", "Notes"], rows, delimiter=delimiter), "x")
    assert (table.delimiter, [row.cells for row in table.rows]) == (delimiter, rows)


def test_read_csv_believes_the_sep_line_and_counts_it():
    table = read_table(b"sep=|\r\na|b;c\r\nd|e\r\n", "x")
    assert (table.header, table.header_line, table.rows[0].line) == (["a", "b;c"], 2, 3)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_read_csv_counts_physical_lines(end):
    text = end.join(["Prénom;Nom;Notes", 'Zoé;A;"une', 'deux"', "", "Luc;B;fin", ""])
    table = read_table(text.encode(), "x")
    assert [row.line for row in table.rows] == [2, 5]
    assert table.rows[0].cells[2].split() == ["une", "deux"]


def test_read_csv_keeps_a_stray_quotation_mark_on_its_own_line():
    table = read_table(b'a;b;c\nx;"y;z\nd;e;f\ng;h;i\n', "x")
    assert [row.cells for row in table.rows] == [["x", "y", "z"], ["d", "e", "f"], ["g", "h", "i"]]
    assert [note.code for note in table.notes] == ["stray_quote"]


def test_read_csv_unpacks_lines_quoted_whole():
    table = read_table(b'"a;b;c"\n"1;2;3"\n', "x")
    assert (table.header, table.rows[0].cells) == (["a", "b", "c"], ["1", "2", "3"])


def test_read_csv_pads_short_rows_and_says_when_cells_are_left_out():
    table = read_table(b"a;b;c\n1;2\n1;2;3;4\n", "x")
    assert [row.cells for row in table.rows] == [["1", "2", ""], ["1", "2", "3"]]
    assert table.notes[0].text.endswith("(lines 3).")


# --- the line that names the columns --------------------------------------------------------------------------------


def test_header_is_found_under_titles_and_blank_lines():
    table = read_table(
        b"Liste des inscrits;;;\nexport du 12/10/2016;;;\n\nPrenom;Nom;Mail;Tel\nA;B;a@b.fr;06\n", "x"
    )
    assert (table.header_line, table.rows[0].line) == (4, 5)
    assert [note.code for note in table.notes] == ["title_lines"]


def test_header_missing_is_refused():
    assert refusal(b"Luce;Lopes;luce@exemple.test\nPaul;Petit;\n") == "no_header"


def test_header_alone_is_refused():
    assert refusal("Prénom;Nom\n\n".encode()) == "only_header"


# --- what is not a list ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n  \n", "empty"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_excel"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xff\xd8\xff\xe0 JFIF", "image"),
        (b"\x1f\x8b\x08", "archive"),
        (b"<html><table><tr><td>", "web_page"),
        (b"a;b\nc;d\n\x00\x01\x02\x03", "binary"),
        (b"PK\x03\x04 and then nothing", "broken"),
        (b"a;b\n" + b"x" * 200_000 + b";y\n", "binary"),
    ],
)
def test_read_refuses_what_is_no_list(data, code):
    assert refusal(data) == code


@pytest.mark.parametrize(
    ("entry", "content", "code"),
    [
        ("word/document.xml", b"<w/>", "word"),
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet", "open_document"),
        ("xl/workbook.bin", b"", "old_excel"),
        ("photo.jpg", b"", "archive"),
    ],
)
def test_read_tells_other_archives_apart(entry, content, code):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(entry, content)
    assert refusal(out.getvalue()) == code


def test_read_refuses_too_many_rows_and_columns(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_ROWS", 3)
    monkeypatch.setattr(sheets, "MAX_COLUMNS", 3)
    assert refusal(b"a;b\n" + b"c;d\n" * 4) == "too_many_rows"
    assert refusal(b"a;b;c;d\n" + b"e;f;g;h\n") == "too_many_columns"
    assert refusal(workbook("ab", *["cd"] * 60)) == "too_many_rows"
    assert refusal(workbook("abcd", "efgh")) == "too_many_columns"
    assert len(read_table(b"a;b\n" + b"c;d\n" * 3, "x").rows) == 3


# --- workbooks ------------------------------------------------------------------------------------------------------


def test_read_xlsx_gives_text_as_people_type_it():
    data = workbook(
        ["Liste des inscrits"],
        [],
        ["Nom", "Tél", "Le", "Part", "Vrai", "Vide"],
        ["A", 612345678, dt.datetime.fromisoformat("2016-09-20T10:04"), 2.5, True, None],
        ["B", 612345678.0, dt.date(2016, 9, 20), 1e9, False, "_x000D_"],
    )
    table = read_table(data, "x")
    assert (table.format, table.header_line) == ("xlsx", 3)
    assert table.rows[0].cells == ["A", "612345678", "2016-09-20 10:04:00", "2.5", "TRUE", ""]
    assert table.rows[1].cells[:5] == ["B", "612345678", "2016-09-20", "1000000000", "FALSE"]
    assert [row.line for row in table.rows] == [4, 5]


def test_read_xlsx_takes_the_first_visible_sheet_with_a_table_and_says_so():
    def then(book):
        book.active.sheet_state = "hidden"
        book.create_sheet("Vide")
        notice = book.create_sheet("Notice")
        notice.append(["Remplir la feuille suivante"])
        chosen = book.create_sheet("Liste")
        chosen.append(["Prénom", "Nom"])
        chosen.append(["Zoé", "Roy"])

    table = read_table(workbook(["Secret", "Caché"], ["x", "y"], then=then), "x")
    assert table.rows[0].cells == ["Zoé", "Roy"]
    assert table.notes[-1].params["sheet"] == "Liste"


def test_read_xlsx_says_when_formulas_have_no_value():
    table = read_table(workbook(["a", "b"], ["x", "=A2"]), "x")
    assert table.rows[0].cells == ["x", ""]
    assert table.notes[0].params["count"] == 1


def test_read_xlsx_without_a_visible_table_is_refused():
    assert refusal(workbook()) == "no_data"


def test_read_xlsx_refuses_entities():
    data = with_part(
        workbook("ab", "cd"), "xl/worksheets/sheet1.xml", lambda xml: b'<!DOCTYPE a [<!ENTITY x "y">]>' + xml
    )
    assert refusal(data) == "entities"


def test_read_xlsx_refuses_a_bomb_before_parsing(monkeypatch):
    data = workbook("ab", "cd")
    grown = with_part(data, "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * 400_000)
    monkeypatch.setattr(sheet_workbook, "MAX_XML", 300_000)
    monkeypatch.setattr(sheet_workbook.sheet_xml, "_parse", lambda *a: pytest.fail("parsed"))
    assert refusal(grown) == "bomb"


def test_read_xlsx_refuses_a_part_of_too_many_tags(monkeypatch):
    data = with_part(workbook("ab", "cd"), "xl/worksheets/sheet1.xml", lambda xml: xml + b"<a/>" * 5_000)
    monkeypatch.setattr(sheet_workbook, "MAX_TAGS", 4_000)
    assert refusal(data) == "bomb"


def test_read_xlsx_refuses_a_cell_in_the_last_column_of_excel():
    def then(book):
        book.active["XFD2"] = "x"

    assert refusal(workbook("ab", "cd", then=then)) == "too_many_columns"


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_read_raises_nothing_but_unreadable_file(data):
    for candidate in (data, b"PK\x03\x04" + data, b"a;b\n" + data):
        with contextlib.suppress(UnreadableFile):
            read_table(candidate, "x")
