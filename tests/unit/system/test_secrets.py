"""Passwords of URLs are not shown."""

import pytest

from fer_desktop.system.secrets import mask_secrets


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ann:hush@school/lessons",
        "postgresql://ann:hu@hush@school/lessons",
        "postgresql:///lessons?host=school&password=hush&user=ann",
        "mssql+pyodbc://school/lessons?PWD=hush",
        "mssql+pyodbc:///?odbc_connect=DRIVER%3DX%3BPWD%3Dhush",
        "postgresql://school/lessons?sslpassword=hush",
        "postgresql://school/lessons?user=ann;password=hush",
    ],
)
def test_no_password_is_left(url: str) -> None:
    masked = mask_secrets(f"the database {url} cannot be used: try again")
    assert "hush" not in masked
    assert "***" in masked
    assert masked.endswith(" cannot be used: try again")


@pytest.mark.parametrize("text", ["postgresql://ann@school:5432/lessons?sslmode=require", "at 10:55, see a@b: why?"])
def test_a_text_without_secrets_stays(text: str) -> None:
    assert mask_secrets(text) == text
