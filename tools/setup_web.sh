#!/usr/bin/env bash
# Makes web/ ready to be built: its packages from package-lock.json, the model files, the tables. Quick when nothing
# changed.
set -euo pipefail
cd "$(dirname "$0")/.."
stamp=$(cat web/package.json web/package-lock.json | sha256sum | cut -d' ' -f1)
if [ "$(cat web/node_modules/.installed 2>/dev/null)" != "$stamp" ]; then
  echo "Installing the web app's packages into web/node_modules (about 60 MB to download the first time)"
  tools/with_node.sh npm ci --loglevel=error
  echo "$stamp" > web/node_modules/.installed
fi
PYTHONPATH=. .venv/bin/python tools/web_models.py
