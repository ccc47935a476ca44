"""What a student is called where no name may be shown."""


def pseudonym(student: int) -> str:
    """The label of a student (a number from 1) who has no name: "Student 7"."""
    return f"Student {student}"
