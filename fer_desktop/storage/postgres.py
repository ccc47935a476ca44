"""What is specific to PostgreSQL: how to connect, and which connections may wait how long. Needs psycopg."""

import logging
import math
import re
from collections.abc import Callable, Generator
from typing import Any, Final, TypeVar, cast

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Engine, Table
from sqlalchemy.exc import DBAPIError

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.driver_errors import describe_error
from fer_desktop.storage.schema import Base, MessageJson, PlainText

_log = logging.getLogger(__name__)

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
    "work_mem": "64MB",  # the heat map of two hours fits into it
    "jit": "off",  # compiling its query takes longer than running it
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


def connect(
    values: list[Any], options: dict[str, Any], *, lock_timeout_s: float, find_password: Callable[[], str | None]
) -> PatientConnection:
    """Connects, and sets the session up, in which statements wait for locks for `lock_timeout_s`.

    `find_password`: asked where the server wants one, and neither the URL nor libpq's environment and files have it.
    Raises the driver's errors, and `StorageError` for a database that cannot hold every text.
    """
    logging.getLogger("psycopg").setLevel(logging.CRITICAL)  # it warns of lost connections, which are reported here
    given: dict[str, Any] = {**CONNECT_OPTIONS, **options}
    try:
        connection = PatientConnection.connect(*values, **given)
    except psycopg.OperationalError as error:
        lacks_password = error.pgconn is not None and error.pgconn.needs_password and "password" not in given
        password = find_password() if lacks_password else None
        if password is None:
            raise
        connection = PatientConnection.connect(*values, **given, password=password)
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


def remove_dead_rows(engine: Engine) -> bool:
    """Removes what was deleted from the files of the tables; False where a table may still hold it.

    VACUUM only marks the room of dead rows as free; VACUUM FULL writes the table anew, which is quick for those that
    hold texts. Both skip a table that another user owns, and keep rows that an open transaction could still see.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        driver = cast(PatientConnection, connection.connection.driver_connection)
        driver.answer_timeout_s = math.inf
        rows_stay: list[bool] = []
        driver.add_notice_handler(lambda notice: rows_stay.append(_says_that_rows_stay(notice)))  # valid only in it
        done = [_vacuum(connection, table) for table in Base.metadata.sorted_tables]
        return all(done) and not any(rows_stay)


def _vacuum(connection: Connection, table: Table) -> bool:
    """Whether it was carried out; not while another transaction uses the table."""
    with_text = any(isinstance(column.type, PlainText | MessageJson) for column in table.columns)
    how = "FULL, VERBOSE" if with_text else "VERBOSE"
    try:
        connection.exec_driver_sql(f'VACUUM ({how}) "{table.name}"')
    except DBAPIError as error:
        _log.warning("the deleted rows of %s stay in its file for now: %s", table.name, describe_error(error))
        return False
    return True


def _says_that_rows_stay(notice: "psycopg.errors.Diagnostic") -> bool:
    """Of VACUUM's notices, in whichever language: a warning, or a number of dead rows that is not 0.

    "DETAIL: 0 dead row versions cannot be removed yet." begins with it:
    https://github.com/postgres/postgres/blob/REL_15_STABLE/src/backend/commands/cluster.c#L1020
    """
    if notice.severity_nonlocalized == "WARNING":
        return True
    first_number = re.match(r"\D*(\d+)", notice.message_detail or "")
    return first_number is not None and int(first_number[1]) > 0


def _set_up(connection: PatientConnection, values: dict[str, str]) -> None:
    if connection.info.parameter_status("server_encoding") != "UTF8":
        raise StorageError(Message(MessageKey.DATABASE_NOT_UNICODE, database=connection.info.dbname))
    calls = ", ".join(["set_config(%s, %s, false)"] * len(values))
    connection.autocommit = True  # one statement, one answer
    connection.execute(f"SELECT {calls}", [text for setting in values.items() for text in setting])
    connection.autocommit = False
