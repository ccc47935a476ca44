"""Rosters come as schools and spreadsheets write them."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fer_desktop.errors import DataError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.roster.csv_file import read_roster
from fer_desktop.roster.table_file import MAX_FILE_BYTES
from tests.raising import raises_message


def read(folder: Path, content: str | bytes) -> tuple[str, ...]:
    path = folder / "roster.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_roster(path).names


def remarks(folder: Path, content: str) -> tuple[Message, ...]:
    path = folder / "roster.csv"
    path.write_text(content)
    return read_roster(path).remarks


@pytest.mark.parametrize(
    "content",
    [
        "Zoë Kim\nAdil O'Neil\n",
        "name\nZoë Kim\nAdil O'Neil",
        "Full Name,E-mail\nZoë Kim,z@x.org\nAdil O'Neil,a@x.org\n",
        "ID;Student;Group\n1;Zoë Kim;A\n2;Adil O'Neil;B\n",
        "First name,Last name\nZoë,Kim\nAdil,O'Neil\n",
        "Surname\tGiven name\nKim\tZoë\nO'Neil\tAdil\n",
        'No,last_name,first_name\n1,"Kim","Zoë"\n2,"O\'Neil","Adil"\n',
        '"Kim, Zoë"\n"O\'Neil, Adil"\n',
        'Student;Mark\n"Kim, Zoë";1\n"O\'Neil, Adil";2\n',
        "Student;Mark\nKim, Zoë;1\nO'Neil, Adil;2\n",
        "17,Zoë Kim\n18,Adil O'Neil\n",
        "Nachname;Vorname\nKim;Zoë\nO'Neil;Adil\n",
        "Vorname;Name;Klasse\nZoë;Kim;7b\nAdil;O'Neil;7b\n",
        "Prénom,NOM\nZoë,Kim\nAdil,O'Neil\n",
        "Nombre;Apellidos\nZoë;Kim\nAdil;O'Neil\n",
        "Nombre\nZoë Kim\nAdil O'Neil\n",
        "Email,Surname,Given name(s)\na@x,Kim,Zoë\nb@x,O'Neil,Adil\n",
        "Student First Name *,Student Last Name *\nZoë,Kim\nAdil,O'Neil\n",
        "Name,First name\nZoë Kim,Zoë\nAdil O'Neil,Adil\n",
        "Student ID,Student Name\n7,Zoë Kim\n8,Adil O'Neil\n",
        '"Last Name, First Name",ID\n"Kim, Zoë",7\n"O\'Neil, Adil",8\n',
        "Last Name, First Name\nKim, Zoë\nO'Neil, Adil\n",
        'Last Name, First Name\n"Kim, Zoë"\n"O\'Neil, Adil"\n',
        "Vor- und Nachname;Klasse\nZoë Kim;7b\nAdil O'Neil;7b\n",
        "Nom et prénom;Classe\nKim, Zoë;4e\nO'Neil, Adil;4e\n",
        "Zoë;Kim\nAdil;O'Neil\n",
        "1,Zoë,Kim,A\n2,Adil,O'Neil,A\n",
        "Kim, Zoë\nO'Neil, Adil\n",
        "Zoë Kim,Physics\nAdil O'Neil,Physics\n",
        "z@x.org,Zoë Kim\na@x.org,Adil O'Neil\n",
        "\r\n\r\nZoë  Kim \r\n\r\n Adil O'Neil\r\n\r\n",
        "Zoë Kim\rAdil O'Neil\r",
        "sep=;\nname;x\nZoë Kim;1\nAdil O'Neil;2",
    ],
)
def test_names_are_found_whatever_the_form(tmp_path: Path, content: str) -> None:
    assert read(tmp_path, content) == ("Zoë Kim", "Adil O'Neil")


@pytest.mark.parametrize(
    "title",
    [
        *("Schüler/in", "Schüler*in", "Schüler:in", "Schüler_in", "Schülerinnen und Schüler", "Schülername"),
        *("Name des Schülers", "Lernende", "Lernende/r", "Teilnehmer/in", "Teilnehmende", "Studierende", "Student/in"),
        *("Anzeigename", "Voller Name", "Name Vorname", "Élèves", "Nom de l'élève", "Nom de l’élève", "NOM Prénom"),
        *("Étudiant·e", "Étudiant(e)", "Apprenant", "Participant", "Nom affiché", "Personne"),
        *("Alumno/a", "Alumna", "Alumnado", "Estudiante", "Nombre del alumno", "Nombre de la estudiante"),
        *("Participantes", "Apellidos y nombres", "Nombre para mostrar", "नाम", "विद्यार्थी", "छात्र का नाम"),
    ],
)
def test_the_title_of_full_names_is_known_in_every_language(tmp_path: Path, title: str) -> None:
    assert read(tmp_path, f"Nr;{title}\n1;Zoë Kim\n2;Adil O'Neil\n") == ("Zoë Kim", "Adil O'Neil")


@pytest.mark.parametrize(
    ("first", "last"),
    [
        *(("Vorname", "Nachname"), ("Rufname", "Familienname"), ("Vorname(n)", "Name"), ("Vorname", "Schülernachname")),
        *(("Prénom", "Nom"), ("Prénoms", "Noms"), ("Prénom usuel", "Nom d'usage"), ("Prénom 1", "Nom de naissance")),
        *(("Prénom de l'élève", "Nom de l'élève"), ("Nombre(s)", "Apellido(s)"), ("Nombres", "Apellido paterno")),
        *(("Primer nombre", "Primer apellido"), ("Nombre del alumno", "Apellidos del alumno"), ("पहला नाम", "उपनाम")),
    ],
)
def test_the_titles_of_first_and_last_names_are_known_in_every_language(tmp_path: Path, first: str, last: str) -> None:
    assert read(tmp_path, f"{last};{first};X\nKim;Zoë;\nO'Neil;Adil;\n") == ("Zoë Kim", "Adil O'Neil")
    assert remarks(tmp_path, f"{first};{last};X\nZoë;Kim;\nAdil;O'Neil;\n") == ()


def test_both_last_names_of_a_spanish_list_are_read(tmp_path: Path) -> None:
    content = "Apellido paterno;Apellido materno;Nombres\nKim;Ruiz;Zoë\nO'Neil;;Adil\n"
    assert read(tmp_path, content) == ("Zoë Kim Ruiz", "Adil O'Neil")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"])
def test_names_are_found_whatever_the_encoding(tmp_path: Path, encoding: str) -> None:
    content = "Name;Group\r\nRenée Müller;A\r\nJosé Núñez;B\r\n".encode(encoding)
    assert read(tmp_path, content) == ("Renée Müller", "José Núñez")


def test_a_byte_order_mark_and_other_scripts_are_no_trouble(tmp_path: Path) -> None:
    assert read(tmp_path, "名前,name\nx,李小龙\ny,Олег Ёлкин\n".encode("utf-16")) == ("李小龙", "Олег Ёлкин")


def test_a_name_without_a_second_half_is_taken_as_it_is(tmp_path: Path) -> None:
    assert read(tmp_path, "First name,Last name\nMadonna,\n,Prince\n") == ("Madonna", "Prince")


def test_a_repeated_line_is_read_once_and_remarked_on(tmp_path: Path) -> None:
    content = "name,group\nAnn Li,A\nBob,A\nAnn Li,A\n"
    assert read(tmp_path, content) == ("Ann Li", "Bob")
    assert remarks(tmp_path, content) == (Message(MessageKey.ROSTER_LINE_REPEATED, line=4, name="Ann Li", before=2),)


def test_namesakes_whose_lines_differ_are_two_and_remarked_on(tmp_path: Path) -> None:
    content = "name,id\nAnn Li,1\n\nann li,2\n"
    assert read(tmp_path, content) == ("Ann Li", "ann li")
    assert remarks(tmp_path, content) == (Message(MessageKey.ROSTER_NAMESAKE, line=4, name="ann li", before=2),)


def test_a_line_without_a_name_is_remarked_on(tmp_path: Path) -> None:
    assert remarks(tmp_path, "id,name\n1,Ann\n2,\n") == (Message(MessageKey.ROSTER_LINE_WITHOUT_NAME, line=3),)


def test_a_quoted_line_break_keeps_the_line_numbers_and_is_remarked_on(tmp_path: Path) -> None:
    assert remarks(tmp_path, 'note,name\n"a\nb",Ann\n2,\n') == (
        Message(MessageKey.ROSTER_CELL_BROKEN, line=2, end=3),
        Message(MessageKey.ROSTER_LINE_WITHOUT_NAME, line=4),
    )


@pytest.mark.parametrize("content", ['name\nAnn Li\n"Bob Ray\nCem Tor\n', 'name\nAnn Li\n"Bob\nRay"\n'])
def test_a_quote_that_swallows_names_is_refused(tmp_path: Path, content: str) -> None:
    with raises_message(DataError, MessageKey.ROSTER_NAME_BROKEN, line=3, end=4):
        read(tmp_path, content)


@pytest.mark.parametrize(
    ("content", "names", "remark"),
    [
        (
            "Surname,Mark\nKim,1\n",
            ("Kim",),
            Message(MessageKey.ROSTER_LAST_NAMES_ONLY, title="Surname"),
        ),
        (
            "Vorname;Mark\nZoë;1\n",
            ("Zoë",),
            Message(MessageKey.ROSTER_FIRST_NAMES_ONLY, title="Vorname"),
        ),
        ("Zoë;Kim\nAdil;Ray\n", ("Zoë Kim", "Adil Ray"), Message(MessageKey.ROSTER_COLUMNS_JOINED, first=1, second=2)),
    ],
)
def test_possible_halves_of_names_are_remarked_on(
    tmp_path: Path, content: str, names: tuple[str, ...], remark: Message
) -> None:
    assert read(tmp_path, content) == names
    assert remarks(tmp_path, content)[0] == remark


def test_two_last_names_are_one_name(tmp_path: Path) -> None:
    assert read(tmp_path, "Primer apellido;Segundo apellido;Nombre\nGil;Paz;Ana\n") == ("Ana Gil Paz",)


def test_groups_beside_single_names_are_no_names(tmp_path: Path) -> None:
    content = "Adil;Red\nBea;Red\nCem;Blue\nDora;Red\nEve;Blue\n"
    assert read(tmp_path, content) == ("Adil", "Bea", "Cem", "Dora", "Eve")


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", MessageKey.ROSTER_EMPTY),
        (b"\r\n \n;;\n", MessageKey.ROSTER_EMPTY),
        (b"\xef\xbb\xbf", MessageKey.ROSTER_EMPTY),
        (b"name\n", MessageKey.ROSTER_WITHOUT_NAMES),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", MessageKey.ROSTER_NOT_TEXT),
        (b"PK\x03\x04\x14\0\x06", MessageKey.ROSTER_NOT_TEXT),
        (b"\xff\xfe\xff", MessageKey.ROSTER_NOT_TEXT),
        (b"x" * 200_000, MessageKey.ROSTER_LINE_TOO_LONG),
        (b"x" * (MAX_FILE_BYTES + 1), MessageKey.ROSTER_TOO_LARGE),
        (b"\n".join(b"N %d" % number for number in range(2_001)), MessageKey.ROSTER_TOO_MANY_NAMES),
    ],
)
def test_a_file_that_is_no_roster_is_refused(tmp_path: Path, content: bytes, key: MessageKey) -> None:
    with raises_message(DataError, key):
        read(tmp_path, content)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with raises_message(DataError, MessageKey.ROSTER_UNREADABLE):
        read_roster(tmp_path / "roster.csv")
    with raises_message(DataError, MessageKey.ROSTER_UNREADABLE):
        read_roster(tmp_path)


@given(st.binary(max_size=300))
def test_no_file_breaks_it(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    try:
        roster = read_roster(path)
    except DataError:
        return
    assert all(name == " ".join(name.split()) and name for name in roster.names)


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "roster.csv")
    with pytest.raises(DataError, match="not an ordinary file"):
        read_roster(tmp_path / "roster.csv")


@pytest.mark.parametrize(
    ("content", "reason"),
    [("a\n" * 10_001, "more than 10000 lines"), ("Name\n" + "," * 300 + "\n", "line 2 of the file has 301 columns")],
)
def test_too_many_lines_or_columns_are_refused(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(content)
    with pytest.raises(DataError, match=reason):
        read_roster(path)


def test_names_are_read_without_invisible_signs(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("Name\nAnn\u202egnikrow\nZoe\u0308\n", encoding="utf-8")
    assert read_roster(path).names == ("Anngnikrow", "Zoë")
