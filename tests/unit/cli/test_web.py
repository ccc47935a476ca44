"""The web app is served to this computer alone, under rules that keep everything on it."""

import socket
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Final

import pytest

from fer_desktop.cli.web_server import CONTENT_POLICY, HEADERS, make_server
from fer_desktop.errors import SettingsError

PAGE: Final = Path(__file__).resolve().parents[3] / "web" / "index.html"


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Of a server of a small app."""
    (tmp_path / "index.html").write_text("the page", encoding="utf-8")
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "runtime.wasmz").write_bytes(b"\x1f\x8b")
    with make_server(tmp_path, port=0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield int(server.server_address[1])
        server.shutdown()
        thread.join()


def ask(port: int, path: str, host: str = "localhost") -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Host": f"{host}:{port}"})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


def test_every_answer_has_the_rules(port: int) -> None:
    for path in ("/", "/models/runtime.wasmz", "/missing"):
        answered = ask(port, path)
        assert {name: answered.getheader(name) for name in HEADERS} == HEADERS


def test_the_packed_runtime_is_served_as_it_is(port: int) -> None:
    answered = ask(port, "/models/runtime.wasmz")
    assert answered.getheader("Content-Type") == "application/octet-stream"
    assert answered.getheader("Content-Encoding") is None


def test_the_page_itself_has_the_same_rules() -> None:
    assert f'content="{CONTENT_POLICY}"' in " ".join(PAGE.read_text(encoding="utf-8").split())


def test_another_name_for_this_computer_is_refused(port: int) -> None:
    assert ask(port, "/", host="evil.example").status == 421


def test_no_folder_is_listed_and_nothing_outside_is_served(port: int) -> None:
    assert ask(port, "/models/").status == 404
    assert ask(port, "/../../../../etc/hostname").status == 404


def test_it_listens_on_this_computer_alone(tmp_path: Path) -> None:
    (tmp_path / "index.html").touch()
    with make_server(tmp_path, port=0) as server:
        assert server.server_address[0] == "127.0.0.1"


def test_an_app_that_is_not_built_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="make web"):
        make_server(tmp_path, port=0)


def test_a_port_that_is_taken_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.html").touch()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"port {number} cannot be used"):
            make_server(tmp_path, port=number)


@pytest.mark.parametrize("number", [-1, 65_536])
def test_a_port_that_there_is_none_of_is_refused(tmp_path: Path, number: int) -> None:
    (tmp_path / "index.html").touch()
    with pytest.raises(SettingsError, match="a port is a number"):
        make_server(tmp_path, port=number)
