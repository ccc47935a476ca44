#!/usr/bin/env bash
# A separate environment for the libraries that `bench --peers` measures, which need other versions of packages.
# Quick when nothing changed.
set -euo pipefail
cd "$(dirname "$0")/.."
wanted=tools/peers/requirements.txt
! cmp -s $wanted .venv-peers/.installed || exit 0
echo "Installing the libraries that others use into .venv-peers (up to 6 GB on Linux)"
.venv/bin/python -m venv --clear .venv-peers
.venv-peers/bin/pip install -q -r $wanted
.venv-peers/bin/python -c "import torchvision, fer.fer"  # so that versions that do not fit are noticed here
cp $wanted .venv-peers/.installed
