#!/usr/bin/env bash
# Runs a command on the desktop that is there, else on a virtual one (Xvfb).
set -euo pipefail
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" != Linux ]; then
  exec "$@"
fi
export QT_QPA_PLATFORM=xcb
exec xvfb-run -a -s "-screen 0 1920x1200x24 -nolisten tcp" "$@"
