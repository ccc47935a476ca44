from fer_desktop.policy.pseudonyms import pseudonym


def test_a_student_without_a_name_is_a_number() -> None:
    assert pseudonym(7) == "Student 7"
