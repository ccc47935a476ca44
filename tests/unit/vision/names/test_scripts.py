"""Names in scripts that the recogniser does not know, written as call apps write them."""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import features

from fer_desktop.types import Box, Image
from fer_desktop.vision.names.line_views import View
from fer_desktop.vision.names.reader import LabelReader
from fer_desktop.vision.names.reading import Reading
from fer_desktop.vision.names.scripts import ScriptReader, mend_signs
from tests.unit.vision.names.drawing import Look, draw_label, draw_room

NEEDS_TESSERACT = pytest.mark.skipif(
    importlib.util.find_spec("tesserocr") is None, reason="tesserocr is not installed: only Bengali names are read"
)
SHAPES_TEXT = pytest.mark.skipif(
    not features.check("raqm") or sys.platform != "linux", reason="no fonts of all scripts, or no shaping"
)

NAMES = {
    "cyrillic": (
        "Анна Иванова|Дмитрий Петров|Юлия Щербакова|Михаил Соколов|Ольга Кузнецова|"
        "Сергей Волков|Екатерина Новикова|Наталья Жукова|Алексей Ершов|"
        "Олександр Шевченко|Ірина Коваль|Артём Лебедев|Дарья Морозова|Игорь Кравцов|"
        "Роман Гусев|Элла Юрьева|Зоя Хохлова|Петър Димитров|Милица Јовановић|Лидия Фомина"
    ),
    "greek": (
        "Γιώργος Παπαδόπουλος|Μαρία Νικολάου|Ελένη Γεωργίου|Κώστας Δημητρίου|"
        "Σοφία Αντωνίου|Ξένια Ψαρρά|Δημήτρης Χατζής|Ανδρέας Λάμπρου|Κατερίνα Φωτίου|"
        "Βασίλης Ρήγας"
    ),
    "hebrew": ("דוד כהן|שרה לוי|יעל מזרחי|נועם פרץ|תמר ביטון|אורי גולן|רחל אברהם|מיכאל שפירא|דניאל פרידמן|מרים חדד"),
    "devanagari": (
        "प्रिया शर्मा|राहुल वर्मा|अंजलि गुप्ता|विक्रम सिंह|नेहा पटेल|संजय मिश्रा|पूजा त्रिपाठी|अर्जुन यादव|कृष्णा देशमुख|श्रेया जोशी"
    ),
    "bengali": ("রাহুল দাস|প্রিয়া সেন|অনির্বাণ ঘোষ|সুস্মিতা রায়|মোহাম্মদ রহমান|ফাতেমা বেগম|শ্রেয়া চক্রবর্তী|অর্ণব মুখার্জি|দীপা পাল|কবির হোসেন"),
    "tamil": (
        "கார்த்திக் ராஜா|பிரியா சுந்தரம்|அருண் குமார்|மீனா லட்சுமி|விஜய் கிருஷ்ணன்|தமிழ்செல்வி|சரண்யா முருகன்|ராமன் ஐயர்|கவிதா செல்வம்|மணி வேலன்"
    ),
    "thai": (
        "สมชาย ใจดี|สุดา แก้วมณี|ธนพล ศรีสุข|อนุชา ทองดี|วิภาดา สายทอง|มาลี จันทร์เพ็ญ|ศิริพร อินทร์แก้ว|วรรณา แสงทอง|ปรีชา มั่นคง|นภา ดวงดี"
    ),
    "hangul": "김민준|이서연|박지훈|최수빈|정하은|강도윤|조예은|윤시우|한지민|오태양",
    "arabic": (
        "محمد أحمد|فاطمة الزهراء|عمر خالد|ليلى حسن|يوسف إبراهيم|سارة محمود|"
        "عبد الرحمن صالح|هدى مصطفى|طارق سعيد|أسماء جابر|كريم نصر|دينا وليد|سامي ياسين|"
        "منى فؤاد|رنا عادل|آمنة بكر|حسين ناصر|زينب قاسم|بلال شريف|نور الدين"
    ),
    "vietnamese": (
        "Nguyễn Văn An|Trần Thị Hương|Lê Minh Đức|Phạm Thu Hà|Hoàng Gia Bảo|Đặng Ngọc Ánh|Vũ Quỳnh Như|Bùi Tiến Dũng"
    ),
}
FONTS = {
    "devanagari": "Lohit-Devanagari.ttf",
    "bengali": "Lohit-Bengali.ttf",
    "tamil": "Lohit-Tamil.ttf",
    "thai": "Loma.otf",
    "hangul": "NanumGothic.ttf",
}
ENOUGH = {"arabic": 0.9, "thai": 0.9}
"""Shares of the names that must be read exactly; all others .95."""
TILE = Box(0, 0, 384, 216)


def find_font(script: str) -> str:
    name = FONTS.get(script)
    if name is None:
        return "DejaVuSans"
    found = next(Path("/usr/share/fonts").rglob(name), None)
    if found is None:
        pytest.skip(f"the font {name} is not installed")
    return str(found)


def write(name: str, font: str, size_px: int, seed: int) -> Image:
    image = draw_room(384, 216, seed)
    draw_label(image, TILE, name, Look(font=font, size_px=size_px))
    return image


@SHAPES_TEXT
@pytest.mark.parametrize(
    "script", [pytest.param(script, marks=[] if script == "bengali" else NEEDS_TESSERACT) for script in NAMES]
)
def test_names_of_a_class_are_read_exactly(script: str) -> None:
    reader, font, names = LabelReader(), find_font(script), NAMES[script].split("|")
    images = [(name, write(name, font, size_px, seed)) for seed, name in enumerate(names) for size_px in (15, 17)]
    for _, image in images[:4]:
        reader.read(image, TILE, camera_on=True)  # the script is met
    read = [(name, reader.read(image, TILE, camera_on=True)) for name, image in images]
    wrong = [(name, text) for name, text in read if text != name]
    assert len(read) - len(wrong) >= ENOUGH.get(script, 0.95) * len(read), wrong


@NEEDS_TESSERACT
def test_a_long_name_is_read_to_its_end_in_a_large_tile() -> None:
    tile, name = Box(0, 0, 640, 360), "Константин Александрович Преображенский"
    image = draw_room(640, 360, 2)
    draw_label(image, tile, name)
    assert LabelReader().read(image, tile, camera_on=True) == name


@NEEDS_TESSERACT
def test_a_white_wall_at_the_tiles_side_hides_no_name_that_is_not_there() -> None:
    image = write("", "DejaVuSans", 15, 0)
    image[:, :8] = 255
    draw_label(image, TILE, "Дмитрий Петров", Look(place="bottom centre"))
    assert LabelReader().read(image, TILE, camera_on=True) == "Дмитрий Петров"


@NEEDS_TESSERACT
def test_latin_names_stay_as_they_are_in_a_class_of_another_script() -> None:
    reader = LabelReader()
    cyrillic = [
        reader.read(write(name, "DejaVuSans", 15, 0), TILE, camera_on=True) for name in NAMES["cyrillic"].split("|")[:4]
    ]
    assert "Дмитрий Петров" in cyrillic
    for seed, name in enumerate(("Anna Schmidt", "Pedro Alves", "Tom Baker", "José García", "Max Hope", "Eva Horvat")):
        assert reader.read(write(name, "DejaVuSans", 15, seed), TILE, camera_on=True) == name


LINE = np.full((20, 100, 3), 30, np.uint8)


class StubNetwork:
    """Gives one reading after the other, the last one again and again. `bare`: how the lines were shown."""

    def __init__(self, *readings: tuple[str, float]) -> None:
        self.readings = [Reading(*reading) for reading in readings]
        self.bare: list[bool] = []

    def read(self, line: Image, ink: float, view: View) -> Reading:
        self.bare.append(view.bare)
        return self.readings.pop(0) if len(self.readings) > 1 else self.readings[0]


def make_reader(**texts: tuple[str, float]) -> ScriptReader:
    return ScriptReader(lambda path: StubNetwork(texts.get(path.stem, ("", 0.0))))


def read_twice(script: str, **networks: StubNetwork) -> Reading | None:
    """What is read of a line in a script that was met in the line before."""
    reader = ScriptReader(lambda path: networks.get(path.stem, StubNetwork(("", 0.0))))
    assert reader.read(LINE, ink=255) is not None, f"{script} is met"
    return reader.read(LINE, ink=255)


@pytest.mark.parametrize(
    "read",
    [("Анна", 0.7), ("Anna", 0.95), ("Ан", 0.95)],
    ids=["the network is unsure", "its letters are of another script", "two letters are too few"],
)
def test_what_may_not_be_in_the_script_is_not_read(read: tuple[str, float]) -> None:
    assert make_reader(cyrillic=read).read(LINE, ink=255) is None


def test_two_readings_alike_count_though_each_is_unsure() -> None:
    arabic = StubNetwork(*[("ليلى حسن", 0.9)] * 2, ("ليلى حسن", 0.65), ("ليلى حسين", 0.8), ("ليلى حسن", 0.5))
    assert read_twice("Arabic", arabic=arabic) == Reading("ليلى حسن", 0.65)
    assert len(arabic.bare) == 5, "no further view is read once two Arabic readings are alike"


def test_a_mistake_that_is_read_twice_is_outvoted_however_sure_the_network_is() -> None:
    met, right, wrong = ("สมชาย ใจดี", 0.9), ("สมพงษ์ ตั้งใจ", 0.85), ("สมพงษ์ ตังไจ", 0.95)
    thai = StubNetwork(met, met, right, wrong, wrong, right, right, right)
    assert read_twice("Thai", thai=thai) == Reading("สมพงษ์ ตั้งใจ", 0.85)


def test_of_two_texts_that_are_read_as_often_neither_is_a_name() -> None:
    met, one, other = ("สมชาย ใจดี", 0.9), ("สมพงษ์ ตั้งใจ", 0.85), ("สมพงษ์ ตังไจ", 0.95)
    thai = StubNetwork(met, met, one, other, one, other, one, other, ("สม", 0.9))
    assert read_twice("Thai", thai=thai) is None


def test_an_unsure_reading_that_no_other_confirms_is_no_name() -> None:
    different = [("ليلى", 0.7), ("لينا", 0.75), ("هدى", 0.7), ("منى", 0.7), ("سارة", 0.7), ("دينا", 0.7)]
    assert read_twice("Arabic", arabic=StubNetwork(*[("ليلى حسن", 0.9)] * 2, *different)) is None


def test_arabic_letters_are_shown_bare_as_well_as_in_their_line() -> None:
    arabic = StubNetwork(("آمنة بكر", 0.9))
    ScriptReader(lambda path: arabic if path.stem == "arabic" else StubNetwork(("", 0.0))).read(LINE, ink=255)
    assert set(arabic.bare) == {True, False}, "in some names Tesseract finds no line"


@pytest.mark.parametrize(
    ("read", "name"),
    [
        ("கெளதம்", "கௌதம்"),
        ("செளந்தர்யா", "சௌந்தர்யா"),
        ("ஒளவை", "ஔவை"),
        ("வெளிச்சம்", "வெளிச்சம்"),
        ("ஒளி", "ஒளி"),
        ("வெள்ளை", "வெள்ளை"),
        ("อ\u0e4d\u0e32นาจ", "อ\u0e33นาจ"),
        ("น\u0e4d\u0e49\u0e32", "น\u0e49\u0e33"),
        ("น\u0e49\u0e4d\u0e32", "น\u0e49\u0e33"),
        ("นาจ", "นาจ"),
        ("น\u0e49\u0e49\u0e32ฝน", "น\u0e49\u0e33ฝน"),
        ("น\u0e49\u0e32ฝน", "น\u0e49\u0e33ฝน"),
        ("หน\u0e49\u0e32", "หน\u0e49\u0e32"),
        ("กล\u0e49\u0e32", "กล\u0e49\u0e32"),
        ("โสภา ล\u0e49\u0e32เลิศ", "โสภา ล\u0e49\u0e33เลิศ"),
        ("ล\u0e49\u0e32นนา", "ล\u0e49\u0e32นนา"),
        ("ไไพโรจน์", "ไพโรจน์"),
        ("ไพศาล ไชยา", "ไพศาล ไชยา"),
        ("सक\u094d\u094dसेना", "सक\u094dसेना"),
    ],
)
def test_signs_that_are_never_read_right_are_mended(read: str, name: str) -> None:
    assert mend_signs(read) == name


def test_a_script_that_was_met_corrects_letters_that_look_alike() -> None:
    reader = make_reader(cyrillic=("Рома Ершов", 0.95))
    mistaken = Reading("Poma Epшoв", 0.96)
    assert reader.correct(LINE, mistaken, ink=255) == mistaken, "not met yet"
    reader.read(LINE, ink=255)
    assert reader.correct(LINE, mistaken, ink=255).text == "Рома Ершов"


def test_vietnamese_marks_are_added_to_the_same_letters_only() -> None:
    reader = make_reader(vietnamese=("Lê Minh Đức", 0.95))
    assert reader.correct(LINE, Reading("Lê Minh Đc", 0.96), ink=255).text == "Lê Minh Đức"
    assert reader.correct(LINE, Reading("José García", 0.96), ink=255).text == "José García"


def test_a_name_with_a_letter_that_vietnamese_does_not_have_is_kept_where_the_recogniser_is_sure() -> None:
    reader = make_reader(vietnamese=("Lukas Mũller", 0.95))
    assert reader.correct(LINE, Reading("Lukas Müller", 0.999), ink=255).text == "Lukas Müller"
    assert reader.correct(LINE, Reading("Lukas Müller", 0.96), ink=255).text == "Lukas Mũller"
    assert reader.correct(LINE, Reading("Lukas Muller", 0.999), ink=255).text == "Lukas Mũller"


def test_what_the_recogniser_lost_of_a_vietnamese_name_is_added_by_two_readings_alike() -> None:
    met, unsure = ("Lê Minh Đức", 0.95), ("Phan Nhật Minh", 0.7)
    vietnamese = StubNetwork(met, met, unsure)
    reader = ScriptReader(lambda path: vietnamese if path.stem == "vietnamese" else StubNetwork(("", 0.0)))
    assert reader.correct(LINE, Reading("Phan Nht Minh", 0.96), ink=255).text == "Phan Nht Minh", "not met yet"
    vietnamese.readings = [Reading(*met)] * 2 + [Reading(*unsure)]
    reader.correct(LINE, Reading("Lê Minh Đc", 0.96), ink=255)
    assert reader.correct(LINE, Reading("Phan Nht Minh", 0.96), ink=255).text == "Phan Nhật Minh"
    assert reader.correct(LINE, Reading("Phan Nhat Minh", 0.96), ink=255).text == "Phan Nhat Minh", "nothing is lost"


def test_a_vietnamese_name_that_the_recogniser_cannot_read_is_read_once_one_was_met() -> None:
    reader = make_reader(vietnamese=("Lê Minh Đức", 0.95))
    assert reader.read(LINE, ink=255) is None
    reader.correct(LINE, Reading("Lê Minh Đc", 0.96), ink=255)
    assert reader.read(LINE, ink=255) == Reading("Lê Minh Đức", 0.95)


@SHAPES_TEXT
def test_bengali_is_read_where_tesseract_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "tesserocr" else find_spec(name))
    label = write("রাহুল দাস", find_font("bengali"), 17, 0)
    assert LabelReader().read(label, TILE, camera_on=True) == "রাহুল দাস"
