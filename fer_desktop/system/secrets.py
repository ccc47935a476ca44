"""Masks the secrets of URLs in texts that are shown or logged."""

import re
from typing import Final

_MASK: Final = "***"
_USER_INFO: Final = re.compile(r"(://[^/\s:@?#]*:)[^\s/]*(?=@)")
_PARAMETER: Final = re.compile(
    r"""([?&;][\w.-]*(?:password|passwd|pwd|secret|token|key|odbc_connect)[\w.-]*=)[^&\s"'`]*""", re.IGNORECASE
)


def mask_secrets(text: str) -> str:
    """The text with `***` for the passwords of URLs: `://user:password@host` and `?password=...`."""
    return _PARAMETER.sub(rf"\g<1>{_MASK}", _USER_INFO.sub(rf"\g<1>{_MASK}", text))
