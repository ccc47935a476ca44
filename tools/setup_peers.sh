#!/usr/bin/env bash
# A separate environment for the libraries that `bench --peers` measures, which need other versions of packages.
set -euo pipefail
cd "$(dirname "$0")/.."
[ ! -e .venv-peers/.installed ] || exit 0
.venv/bin/python -m venv --clear .venv-peers
.venv-peers/bin/pip install -q 'torch==2.13.0' && .venv-peers/bin/pip install -q 'fer==25.10.3' 'setuptools<81'  # fer still imports pkg_resources
touch .venv-peers/.installed
