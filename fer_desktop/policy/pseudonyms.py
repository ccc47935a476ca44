"""Names for students whose real names are not shown."""


def pseudonym(student: int) -> str:
    """ "Student 7" for student number 7."""
    return f"Student {student}"
