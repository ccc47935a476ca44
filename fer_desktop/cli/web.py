"""`fer-desktop web`: serves the web app to browsers on this computer."""

import sys
from argparse import ArgumentParser, Namespace
from typing import Final

from fer_desktop.cli.command import Command

_PORT: Final = 8765


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=_PORT, help=f"on which the app is served (default: {_PORT})")
    parser.add_argument("--open", action="store_true", help="open it in the browser")


def _run(arguments: Namespace) -> int:
    # Python's servers would take a sixth of the start of every command.
    import webbrowser

    from fer_desktop.cli.web_server import make_server

    with make_server(port=arguments.port) as server:
        address = f"http://localhost:{server.server_address[1]}/"
        sys.stdout.write(f"The web app is at {address} on this computer. Ctrl-C ends it.\n")
        sys.stdout.flush()
        if arguments.open:
            webbrowser.open(address)
        server.serve_forever()
    return 0


WEB: Final = Command("web", "serve the web app to browsers on this computer", _add_arguments, _run)
