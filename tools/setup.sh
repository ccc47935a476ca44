#!/usr/bin/env bash
# Makes this checkout runnable: system libraries, then .venv from requirements.lock. Quick when nothing changed.
set -euo pipefail
cd "$(dirname "$0")/.."

# soname or program -> Debian package that brings it
needed=(
  libEGL.so.1=libegl1 libGL.so.1=libgl1 libglib-2.0.so.0=libglib2.0-0 libfontconfig.so.1=libfontconfig1
  libdbus-1.so.3=libdbus-1-3 libxkbcommon-x11.so.0=libxkbcommon-x11-0 libxcb-cursor.so.0=libxcb-cursor0
  libxcb-icccm.so.4=libxcb-icccm4 libxcb-image.so.0=libxcb-image0 libxcb-keysyms.so.1=libxcb-keysyms1
  libxcb-render-util.so.0=libxcb-render-util0 libxcb-shape.so.0=libxcb-shape0
  libxcb-randr.so.0=libxcb-randr0 libxcb-shm.so.0=libxcb-shm0 libxcb-sync.so.1=libxcb-sync1
  libxcb-xfixes.so.0=libxcb-xfixes0 libxcb-xkb.so.1=libxcb-xkb1 libxcb-render.so.0=libxcb-render0
  libX11.so.6=libx11-6 libX11-xcb.so.1=libx11-xcb1 libXfixes.so.3=libxfixes3 libXrandr.so.2=libxrandr2
)
# For a machine without a display, and for the tests.
[ -n "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ] && [ "${1:-}" != tests ] || needed+=(Xvfb=xvfb xauth=xauth)
[ "${1:-}" != tests ] || needed+=(
  "cc=gcc libc6-dev" strace=strace unshare=util-linux openbox=openbox xdotool=xdotool bsdtar=libarchive-tools chromium=chromium
  dbus-run-session=dbus-daemon gnome-keyring-daemon=gnome-keyring
  pipewire=pipewire wireplumber=wireplumber mutter=mutter /usr/libexec/xdg-desktop-portal=xdg-desktop-portal
)

check_machine() {
  case "$(uname)-$(uname -m)" in
    Linux-x86_64 | Darwin-arm64 | MINGW*-x86_64 | MSYS*-x86_64) ;;
    *)
      echo "No MediaPipe and TensorFlow of the pinned versions exist for $(uname) on $(uname -m):" \
        "use 64-bit Linux or Windows on x86, or a Mac with Apple silicon." >&2
      exit 2
      ;;
  esac
}

install_system_packages() {
  [ "$(uname)" = Linux ] && command -v apt-get >/dev/null || return 0
  local libraries missing=() need
  libraries=$(/sbin/ldconfig -p)
  for need in "${needed[@]}"; do
    case "$need" in
      lib*) grep -qF "${need%%=*} " <<<"$libraries" || missing+=("${need#*=}") ;;
      *) command -v "${need%%=*}" >/dev/null || missing+=("${need#*=}") ;;
    esac
  done
  # The windows need one font at least.
  [ -n "$(find /usr/share/fonts -name '*.ttf' -print -quit 2>/dev/null)" ] || missing+=(fonts-dejavu-core)
  # The pictures of the windows are compared with how they looked in these two.
  if [ "${1:-}" = tests ]; then
    [ -n "$(find /usr/share/fonts -name DejaVuSans.ttf -print -quit)" ] || missing+=(fonts-dejavu-core)
    [ -n "$(find /usr/share/fonts -name 'Lohit-Devanagari.ttf' -print -quit)" ] || missing+=(fonts-lohit-deva)
    # Names are read in these scripts.
    for font in Lohit-Bengali=fonts-lohit-beng-bengali Lohit-Tamil=fonts-lohit-taml Loma=fonts-tlwg-loma-otf NanumGothic=fonts-nanum; do
      [ -n "$(find /usr/share/fonts -name "${font%%=*}.[ot]tf" -print -quit)" ] || missing+=("${font#*=}")
    done
  fi
  # Tests start a database server of their own; Debian keeps its programs out of the search path.
  if [ "${1:-}" = tests ] && ! command -v initdb >/dev/null && ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    missing+=(postgresql)
  fi
  [ ${#missing[@]} -gt 0 ] || return 0
  local line="apt-get install -y --no-install-recommends ${missing[*]}"
  if [ "$(id -u)" != 0 ]; then
    echo "System packages are missing. Run this line, then try again:" >&2
    echo "  sudo apt-get update && sudo $line" >&2
    exit 2
  fi
  echo "Installing system packages: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  if [[ " ${missing[*]} " = *" postgresql "* ]] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    mkdir -p /etc/postgresql-common  # Debian would start a server that nobody asked for
    echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
  fi
  apt-get update -q >/dev/null && $line -q >/dev/null
}

find_python() {
  local name
  for name in python3.11 python3.12 python3; do
    if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' 2>/dev/null; then
      "$name" -c 'import sys; print(sys.executable)'
      return
    fi
  done
  echo "Python 3.11 or 3.12 is needed: install python3.11 and try again." >&2
  exit 2
}

# uv installs the locked packages several times faster than pip; it is fetched for this checkout where it is missing.
find_uv() {
  if command -v uv >/dev/null; then
    command -v uv
    return
  fi
  if [ ! -x .venv-uv/bin/uv ]; then
    local package
    package="$(basename "$(readlink -f "$1")")-venv"
    if ! "$1" -m venv .venv-uv >/dev/null 2>&1; then
      [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || {
        echo "Python's venv module is missing. Run: sudo apt-get install -y $package" >&2
        exit 2
      }
      apt-get update -q >/dev/null && apt-get install -y -q "$package" >/dev/null
      "$1" -m venv --clear .venv-uv
    fi
    .venv-uv/bin/pip install -q 'uv==0.13.9' >&2
  fi
  echo "$PWD/.venv-uv/bin/uv"
}

check_machine
install_system_packages "$@"
stamp=$(cat requirements.lock requirements-slim.lock pyproject.toml tools/setup.sh | sha256sum | cut -d' ' -f1)
install_full() {
  echo "Installing Python packages into .venv (about 1.1 GB to download the first time)"
  [ -x .venv/bin/python ] || "$uv" venv -q --no-python-downloads --python "$python" .venv
  "$uv" pip sync -q --python .venv/bin/python requirements.lock
  "$uv" pip install -q --python .venv/bin/python --no-deps --no-build-isolation -e .
  echo "$stamp" >.venv/.installed
}

# What a wheel or an installer brings, and what runs tests: tests/e2e/test_slim_install.py.
install_slim() {
  echo "Installing the slim set into .venv-slim, for tests"
  [ -x .venv-slim/bin/python ] || "$uv" venv -q --no-python-downloads --python "$python" .venv-slim
  "$uv" pip sync -q --python .venv-slim/bin/python requirements-slim.lock
  "$uv" pip install -q --python .venv-slim/bin/python -c requirements.lock pytest pytest-qt pytest-timeout hypothesis
  echo "$stamp" >.venv-slim/.installed
}

is_installed() { [ "$(cat "$1/.installed" 2>/dev/null)" = "$stamp" ]; }

needed_environments=(.venv)
[ "${1:-}" != tests ] || needed_environments+=(.venv-slim)
for environment in "${needed_environments[@]}"; do
  is_installed "$environment" && continue
  python=${python:-$(find_python)}
  uv=${uv:-$(find_uv "$python")}
  if [ "$environment" = .venv ]; then install_full; else install_slim; fi
done
