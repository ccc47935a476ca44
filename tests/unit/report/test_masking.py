"""Names are masked in the teacher's texts; the other words stay."""

import pytest

from fer_desktop.messages.language import LANGUAGES, load_language
from fer_desktop.report.masking import NameMask

MASK = NameMask(["Ann Lee", "Mark O'Neil", "Priya Ramachandran", "سارة أحمد", "The Vo", "  "])


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Ann Lee asked a good question", "a student asked a good question"),
        ("ann  lee asked", "a student asked"),
        ("Student 7 and student 12 argued", "a student and a student argued"),
        ("Students 7 and 9 argued, Student No. 4 laughed", "a student argued, a student laughed"),
        ("विद्यार्थी 7 से पूछें", "a student से पूछें"),
        ("Person 7 war müde, Schülerin Nr. 3 auch", "a student war müde, a student auch"),
        ("Personen 7, 9 und 12 fragten, Schüler 4 nicht", "a student fragten, a student nicht"),
        ("L'élève 7 rit, élèves n° 3 et 4 aussi", "L'a student rit, a student aussi"),
        ("Estudiante n.º 7 y estudiantes 1, 2 y 3", "a student y a student"),
        ("Persona 7 y personas 1, 2 y 3", "a student y a student"),
        ("Person of the year; 7 students and 3 others", "Person of the year; 7 students and 3 others"),
        ("Ann was lost, so was PRIYA.", "a student was lost, so was a student."),
        ("talk to سارة", "talk to a student"),
        ("mark o'neil: quiet", "a student: quiet"),
    ],
)
def test_names_are_replaced(text: str, masked: str) -> None:
    assert MASK.mask(text) == masked


@pytest.mark.parametrize(
    "text", ["mark scheme explained", "the cell wall", "Annual plan, leeway", "", "Students 3 to 5 are loud"]
)
def test_ordinary_words_stay(text: str) -> None:
    assert MASK.mask(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("प्रिया सो गई, शर्मा भी", "a student सो गई, a student भी"),
        ("राम कुमार ने पूछा", "a student ने पूछा"),
        ("रामायण पढ़ी", "रामायण पढ़ी"),
        ("रामी पढ़ी", "रामी पढ़ी"),
        ("李伟很累", "a student很累"),
        ("민수는 졸렸다", "a student는 졸렸다"),
    ],
)
def test_names_of_other_scripts_are_words_too(text: str, masked: str) -> None:
    assert NameMask(["प्रिया शर्मा", "राम कुमार", "李伟", "민수"]).mask(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Tutorat Dupont; Priya was upset", "Tutorat a student; a student was upset"),
        ("DUPONT and PRIYA, then priya again", "a student and a student, then a student again"),
        ("McDonald, Işık und STRAUSS", "a student, a student und a student"),
        ("a mark for the dupont method, mcdonald's farm", "a mark for the dupont method, mcdonald's farm"),
    ],
)
def test_a_name_is_found_as_a_sentence_writes_it_however_the_list_does(text: str, masked: str) -> None:
    assert NameMask(["DUPONT Marie", "priya rao", "MCDONALD Mark", "IŞIK", "Strauß"]).mask(text) == masked


@pytest.mark.parametrize(
    ("name", "text", "masked"),
    [
        (
            "\u092b\u093c\u093e\u0924\u093f\u092e\u093e खान",
            "\u095e\u093e\u0924\u093f\u092e\u093e सो गई",
            "a student सो गई",
        ),
        ("Zoë Kim", "Zoe\u0308 was late, zoe\u0308 kim too", "a student was late, a student too"),
        ("Zoe\u0308 Kim", "Zoë was late; zoë stays", "a student was late; zoë stays"),
        ("Zoë Kim", "Zoe was late, ZOE KIM too", "a student was late, a student too"),
        ("Andre Silva", "André fragt, Andrés nicht", "a student fragt, Andrés nicht"),
        ("Đặng Thị Ánh", "Đang Thi Anh slept, Thị too", "a student slept, a student too"),
        ("강가은", "각가은 is no 강가은", "각가은 is no a student"),
        ("Ann Lee", "Zoe\u0308 and Ann: cafe\u0301", "Zoë and a student: café"),
    ],
)
def test_accents_and_unicode_forms_make_no_other_name(name: str, text: str, masked: str) -> None:
    assert NameMask([name]).mask(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Li was late; Na too, and Wu", "a student was late; a student too, and a student"),
        ("Na Li, WU and Bo", "a student a student, a student and a student"),
        ("na li: my li, BO in PE", "na li: my li, BO in PE"),
        ("My turn. An hour for An My. The PE lesson", "My turn. An hour for a student. The PE lesson"),
    ],
)
def test_two_letters_with_a_capital_are_a_name_unless_they_are_an_ordinary_word(text: str, masked: str) -> None:
    assert NameMask(["Li Na", "WU Bo", "An My", "Pe Bo"]).mask(text) == masked


def test_without_names_there_are_still_pseudonyms() -> None:
    assert NameMask([]).mask("Student 3 left, Ann Lee stayed") == "a student left, Ann Lee stayed"


def test_the_replacement_of_a_name_may_be_of_any_language() -> None:
    mask = NameMask(["Ann Lee"], replacement="एक विद्यार्थी")
    assert mask.mask("Ann Lee asked, student 3 too") == "एक विद्यार्थी asked, एक विद्यार्थी too"


def test_a_name_is_no_pattern() -> None:
    assert NameMask(["(.*", "a+"]).mask("aaa (.* x") == "aaa a student x"


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_pseudonyms_of_every_language_are_masked(code: str) -> None:
    pseudonym = load_language(code).text("Student {number}", number=7)
    assert pseudonym.endswith("7")
    assert NameMask([]).mask(f"{pseudonym}: quiet") == "a student: quiet"
