"""What is specific to PostgreSQL: how to connect, and which connections may wait how long. Needs psycopg."""

import logging
import math
from collections.abc import Generator
from typing import Any, Final, TypeVar

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey

Value = TypeVar("Value")

ANSWER_TIMEOUT_S: Final = 60.0
"""How long a statement may take; a large deletion takes seconds. The server's own limits may be shorter."""

RECORDING_ANSWER_TIMEOUT_S: Final = 10.0
"""As above, of the connection that records a lesson: a second takes milliseconds, and its end must not wait long."""

CONNECT_OPTIONS: Final[dict[str, str | int]] = {
    "application_name": "FER Desktop",
    "client_encoding": "utf8",
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,  # ms
}
"""A network that is gone is noticed within half a minute, also where nothing is being sent."""

_SESSION_SETTINGS: Final = {
    "idle_in_transaction_session_timeout": "60s",
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
    "TimeZone": "UTC",
}
"""By the keepalives the server notices within a minute that this computer is gone, and releases its locks."""


class PatientConnection(psycopg.Connection[Any]):
    """A connection that waits for an answer of the server for `answer_timeout_s`, then closes and raises.

    Without a limit a server that hangs, or a network that delivers nothing, would hold up its thread for ever.
    """

    answer_timeout_s = ANSWER_TIMEOUT_S

    def wait(self, gen: Generator[Any, Any, Value], interval: float = 0.1, timeout: float | None = None) -> Value:
        """As the driver's, with the limit."""
        limit_s = None if math.isinf(self.answer_timeout_s) else self.answer_timeout_s
        try:
            return super().wait(gen, interval, timeout or limit_s)
        except psycopg.OperationalError:
            if not self.closed and self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()
            raise


def connect(values: list[Any], options: dict[str, Any], *, lock_timeout_s: float) -> PatientConnection:
    """Connects, and sets the session up, in which statements wait for locks for `lock_timeout_s`.

    Raises the driver's errors, and `StorageError` for a database that cannot hold every text.
    """
    logging.getLogger("psycopg").setLevel(logging.CRITICAL)  # it warns of lost connections, which are reported here
    given: dict[str, Any] = {**CONNECT_OPTIONS, **options}
    connection = PatientConnection.connect(*values, **given)
    try:
        _set_up(connection, {"lock_timeout": f"{lock_timeout_s * 1e3:.0f}ms", **_SESSION_SETTINGS})
    except BaseException:
        connection.close()
        raise
    return connection


def expect_quick_answers(connection: Connection) -> None:
    """For a connection that records."""
    driver = connection.connection.driver_connection
    if isinstance(driver, PatientConnection):
        driver.answer_timeout_s = RECORDING_ANSWER_TIMEOUT_S


def _set_up(connection: PatientConnection, values: dict[str, str]) -> None:
    if connection.info.parameter_status("server_encoding") != "UTF8":
        raise StorageError(Message(MessageKey.DATABASE_NOT_UNICODE, database=connection.info.dbname))
    calls = ", ".join(["set_config(%s, %s, false)"] * len(values))
    connection.autocommit = True  # one statement, one answer
    connection.execute(f"SELECT {calls}", [text for setting in values.items() for text in setting])
    connection.autocommit = False
