"""Serves the web app to browsers on this computer, and the rules for its page."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from fer_desktop.errors import SettingsError

FOLDER: Final = Path(__file__).resolve().parents[2] / "web" / "dist"
"""Where `make web` builds the app."""
_ADDRESS: Final = "127.0.0.1"
_LARGEST_PORT: Final = 65_535

CONTENT_POLICY: Final = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; "
    "style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; manifest-src 'self'; base-uri 'none'; "
    "form-action 'none'"
)
"""The page loads from this server alone, and sends nothing anywhere. The page itself states the same."""
HEADERS: Final = {
    "Content-Security-Policy": f"{CONTENT_POLICY}; frame-ancestors 'none'",
    "Permissions-Policy": "camera=(self), display-capture=(self), microphone=(), geolocation=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",  # a new version is noticed; what the app keeps for offline use is not affected
}


class _Handler(SimpleHTTPRequestHandler):
    extensions_map: Final = SimpleHTTPRequestHandler.extensions_map | {  # type: ignore[misc]
        ".js": "text/javascript",
        ".tflite": "application/octet-stream",
        ".webmanifest": "application/manifest+json",
    }

    def do_GET(self) -> None:
        """Refuses a request under another name, by which a page of the network could reach this computer."""
        host = (self.headers.get("Host") or "").rpartition(":")[0]
        if host in (_ADDRESS, "localhost"):
            super().do_GET()
        else:
            self.send_error(421)

    def list_directory(self, path: Any) -> None:
        """Lists nothing."""
        self.send_error(404)

    def end_headers(self) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Keeps no record of who asked for what."""


def make_server(folder: Path = FOLDER, *, port: int) -> ThreadingHTTPServer:
    """A server of the built app on this computer alone. `port`: 0 for any free one.

    Raises `SettingsError` where the app is not built, or the port is not free.
    """
    if not (folder / "index.html").is_file():
        raise SettingsError("the web app is not built: run `make web` in the folder of the program, then try again")
    if not 0 <= port <= _LARGEST_PORT:
        raise SettingsError(f"a port is a number up to {_LARGEST_PORT}, not {port}")
    try:
        return ThreadingHTTPServer((_ADDRESS, port), partial(_Handler, directory=str(folder)))
    except OSError as error:
        raise SettingsError(
            f"port {port} cannot be used ({error.strerror}): choose another, as with `--port {port + 1}`"
        ) from error
