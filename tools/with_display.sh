#!/usr/bin/env bash
# Runs a command on the X11 desktop that is there, else on a virtual one (Xvfb): no program can capture a Wayland screen.
set -euo pipefail
if [ "$(uname)" != Linux ] || [ -n "${DISPLAY:-}" -a -z "${WAYLAND_DISPLAY:-}" ]; then
  exec "$@"
fi
command -v xvfb-run >/dev/null || { echo "xvfb-run is missing: install Xvfb and xauth" >&2; exit 2; }
unset WAYLAND_DISPLAY
export QT_QPA_PLATFORM=xcb
# Without -noreset the server refuses whoever connects just after its last client left.
exec xvfb-run -a -s "-screen 0 1920x1200x24 -nolisten tcp -noreset" "$@"
