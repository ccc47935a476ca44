"""A department's database: a role and a schema for each teacher, and aggregates of all of them for its heads.

A teacher's program finds its tables in the schema of the teacher, who owns them (docs/adr/0020-department-schemas.md).
The aggregates come from a function, whose owner may read the few columns that `share_with_department` grants.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, text

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.engine import connect_database
from fer_desktop.storage.schema import PROBABILITY_SCALE
from fer_desktop.types import MIN_GROUP_SIZE

_READER: Final = "fer_department"
_SCHEMA: Final = "department"
_NAME: Final = re.compile(r"(?!pg_|public$|department$|fer_department$)[a-z][a-z0-9_]{0,30}")
_SHARED: Final = {
    "sessions": ("id", "started_at", "ended_at", "course", "simulated", "purged_at"),
    "moods": ("session_id", "faces", "students", "happy", "angry", "disgust", "fear", "sad"),
    "clock_readings": ("session_id", "second", "utc_offset_s"),
}
"""What the aggregates are computed from: nothing of a single student, no names, no notes."""

_IS_SHARED: Final = f"""(has_schema_privilege(r.oid, n.oid, 'USAGE') AND {sum(map(len, _SHARED.values()))} = (
    SELECT count(*) FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid
    WHERE t.relnamespace = n.oid AND t.relkind = 'r' AND (t.relname::text, a.attname::text) IN (
        {", ".join(f"('{table}', '{column}')" for table, columns in _SHARED.items() for column in columns)})
      AND has_column_privilege(r.oid, t.oid, a.attnum, 'SELECT')))"""
"""Whether the role `r` may read all of that in the schema `n`; also of a schema that lacks a column."""

_OF_SCHEMA: Final = f"""
SELECT s.course::text AS course, date_trunc('week', s.started_at + make_interval(secs => coalesce((
           SELECT c.utc_offset_s FROM %1$I.clock_readings c WHERE c.session_id = s.id ORDER BY c.second LIMIT 1), 0)
       ))::date AS week, count(*) AS seconds,
       max(m.students)::int AS students,
       avg(m.happy) - avg(m.angry) - avg(m.disgust) - avg(m.fear) - avg(m.sad) AS mood
FROM %1$I.sessions s JOIN %1$I.moods m ON m.session_id = s.id
WHERE s.ended_at IS NOT NULL AND s.purged_at IS NULL AND NOT s.simulated AND m.faces >= {MIN_GROUP_SIZE}
GROUP BY s.id"""
"""The lessons of a schema. Weeks begin as at the place of the lesson: its times are stored in UTC."""

_WEEKS: Final = f"""
CREATE OR REPLACE FUNCTION {_SCHEMA}.weeks()
RETURNS TABLE (course text, week date, lessons bigint, minutes bigint, most_students int, mood numeric)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $body$
DECLARE lessons_of_all text;
BEGIN
    SELECT string_agg(format($one${_OF_SCHEMA}$one$, n.nspname), ' UNION ALL ') INTO lessons_of_all
    FROM pg_namespace n, pg_roles r WHERE r.rolname = '{_READER}' AND {_IS_SHARED};
    IF lessons_of_all IS NULL THEN RETURN; END IF;
    RETURN QUERY EXECUTE 'SELECT course, week, count(*), (sum(seconds) / 60)::bigint, max(students), '
        'round(sum(mood * seconds) FILTER (WHERE mood IS NOT NULL) / nullif(sum(seconds) FILTER '
        '(WHERE mood IS NOT NULL), 0) / {PROBABILITY_SCALE}, 2) '
        'FROM (' || lessons_of_all || ') AS lessons GROUP BY course, week ORDER BY course, week';
END $body$"""


@dataclass(frozen=True, slots=True)
class CourseWeek:
    """A course in a week, over the seconds in which five faces or more were seen; `week`: its Monday.

    `most_students`: at one time. `mood`: -1 to 1, None where no expression was read.
    """

    course: str
    week: date
    lessons: int
    minutes: int
    most_students: int
    mood: float | None


def make_setup(database: str, teachers: Sequence[str], heads: Sequence[str]) -> list[str]:
    """The statements that set a department up, or add people to one. Raises `StorageError` for names that are no roles.

    They create no passwords: the administrator sets them with psql's `\\password`.
    """
    for name in (*teachers, *heads):
        if not _NAME.fullmatch(name):
            raise StorageError(Message(MessageKey.ROLE_NAME_REFUSED, name=name))
    quoted = '"' + database.replace('"', '""') + '"'
    statements = [
        f"REVOKE ALL ON DATABASE {quoted} FROM PUBLIC",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        _create_role(_READER, "NOLOGIN"),
        f"GRANT {_READER} TO CURRENT_USER",
        f"CREATE SCHEMA IF NOT EXISTS {_SCHEMA} AUTHORIZATION {_READER}",
        _WEEKS,
        f"ALTER FUNCTION {_SCHEMA}.weeks() OWNER TO {_READER}",
        f"REVOKE ALL ON FUNCTION {_SCHEMA}.weeks() FROM PUBLIC",
    ]
    for teacher in teachers:
        statements += _add_teacher(quoted, teacher)
    for head in heads:
        statements += [
            _create_role(head, "LOGIN"),
            f"GRANT CONNECT ON DATABASE {quoted} TO {head}",
            f"GRANT USAGE ON SCHEMA {_SCHEMA} TO {head}",
            f"GRANT EXECUTE ON FUNCTION {_SCHEMA}.weeks() TO {head}",
        ]
    return statements


def set_up_department(url: str, teachers: Sequence[str], heads: Sequence[str]) -> None:
    """Carries the statements out as the administrator that the URL names, all or none. Raises `StorageError`."""
    database = connect_database(url)
    if not database.on_postgres:
        raise StorageError(Message(MessageKey.DEPARTMENT_NEEDS_SERVER, database=database.name))
    with database.write() as connection:
        for statement in make_setup(database.engine.url.database or "", teachers, heads):
            connection.execute(text(statement))  # in which % needs no escape
    database.engine.dispose()


def share_with_department(connection: Connection) -> None:
    """Lets the aggregates read what they need of the own schema; nothing where no department was set up.

    An earlier version granted less, so the columns are looked at, too.
    """
    if connection.dialect.name != "postgresql":
        return
    query = text(
        "SELECT n.nspname FROM pg_namespace n, pg_roles r WHERE r.rolname = :reader AND n.nspname = current_schema() "
        f"AND n.nspname <> 'public' AND to_regnamespace(:schema) IS NOT NULL AND NOT {_IS_SHARED}"
    )
    schema = connection.scalar(query, {"reader": _READER, "schema": _SCHEMA})
    if schema is None:
        return
    for table, columns in _SHARED.items():
        connection.exec_driver_sql(f"GRANT SELECT ({', '.join(columns)}) ON {table} TO {_READER}")
    connection.exec_driver_sql(f'GRANT USAGE ON SCHEMA "{schema}" TO {_READER}')


def read_course_weeks(url: str) -> list[CourseWeek]:
    """What a head of department may see: courses by week. Raises `StorageError`."""
    database = connect_database(url)
    if not database.on_postgres:
        raise StorageError(Message(MessageKey.DEPARTMENT_NEEDS_SERVER, database=database.name))
    with database.read() as connection:
        if connection.scalar(text("SELECT to_regnamespace(:schema)"), {"schema": _SCHEMA}) is None:
            raise StorageError(Message(MessageKey.NO_DEPARTMENT, database=database.name))
        rows = connection.exec_driver_sql(f"SELECT * FROM {_SCHEMA}.weeks()").all()
    database.engine.dispose()
    return [CourseWeek(**row._asdict() | {"mood": None if row.mood is None else float(row.mood)}) for row in rows]


def _add_teacher(database: str, teacher: str) -> list[str]:
    return [
        _create_role(teacher, "LOGIN"),
        f"GRANT {teacher} TO CURRENT_USER",
        f"GRANT CONNECT ON DATABASE {database} TO {teacher}",
        f"CREATE SCHEMA IF NOT EXISTS {teacher} AUTHORIZATION {teacher}",
        f"ALTER ROLE {teacher} IN DATABASE {database} SET search_path = {teacher}",
        f"REVOKE {teacher} FROM CURRENT_USER",
    ]


def _create_role(name: str, kind: str) -> str:
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}') THEN CREATE ROLE {name} {kind}; "
        "END IF; END $$"
    )
