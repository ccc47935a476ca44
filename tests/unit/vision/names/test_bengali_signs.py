"""The signs in which the Bengali network reads: in the order in which they are seen."""

import pytest

from fer_desktop.vision.names.bengali_signs import FOREIGN, SIGNS, join_signs, split_into_signs

R_ABOVE = "\ue000"


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("রাহুল", "র|\u09be|হ|\u09c1|ল"),
        ("দিপা", "\u09bf|দ|প|\u09be"),
        ("কোয়েল", "\u09c7|ক|\u09be|\u09c7|য\u09bc|ল"),
        ("স্ত্রী", "স|\u09cdত|\u09cdর|\u09c0"),
        ("শর্মিষ্ঠা", f"শ|\u09bf|ম|{R_ABOVE}|ষ|\u09cdঠ|\u09be"),
        ("ন্দ্যো", "\u09c7|ন|\u09cdদ|\u09cdয|\u09be"),
        ("ড. সেন", "ড|.| |\u09c7|স|ন"),
        ("দাস (Host)", f"দ|\u09be|স| |(|{FOREIGN}|)"),
    ],
)
def test_signs_stand_in_the_order_in_which_they_are_seen(text: str, signs: str) -> None:
    assert list(split_into_signs(text)) == signs.split("|")


@pytest.mark.parametrize(
    "text",
    [
        *("অনন্যা বন্দ্যোপাধ্যায়", "গার্গী নস্কর", "কৃষ্ণেন্দু হালদার", "উজ্জ্বল দত্ত", "সৌরভ গাঙ্গুলী", "আঁখি মুখোপাধ্যায়"),
        *("র\u200d্যাচেল সূর্য", "র\u200d্যে", "মোঃ হোসেন", "ৰুমী বৰুৱা", "ৰূপম ধৰ্ম", "উৎপল ১২৩", "বাঁশি", "সৈয়দ", "বর্ষা", "দুর্গা"),
    ],
)
def test_what_was_split_is_joined_to_the_same_text(text: str) -> None:
    assert join_signs(split_into_signs(text)) == text


def test_letters_that_a_font_does_not_join_spell_the_same_text() -> None:
    apart = split_into_signs("নন্\u200cদিনী")
    assert apart != split_into_signs("নন্দিনী")
    assert join_signs(apart) == "নন্দিনী"


def test_each_sign_is_there_once() -> None:
    assert len(set(SIGNS)) == len(SIGNS)
