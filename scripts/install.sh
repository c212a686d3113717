#!/bin/sh
# Which programs and libraries does this machine lack?  scripts/install.sh [build] [test] [browsers] [servers] [bench]
# On Debian and Ubuntu installs them by apt; elsewhere names them and stops with 2. Silent and quick when nothing is missing.
# What npm brings is left to tests/e2e/package-lock.json, Dear ImGui to scripts/fetch_imgui.sh.
set -eu
cd "$(dirname "$0")/.."
. scripts/steps.sh

# One need a line: PROGRAM[|PROGRAM] of the package that has it, or - where only the package tells (libraries, fonts).
needs_of() {
  case $1 in
    build) cat <<'LIST'
cmake cmake
ninja ninja-build
c++|g++ g++
emcc emscripten
node nodejs
brotli brotli
esbuild esbuild
xz xz-utils
- nlohmann-json3-dev
- libasio-dev
- libssl-dev
- ca-certificates
LIST
      [ "$family" = debian ] || echo 'git git' ;;  # elsewhere Dear ImGui comes from its git tag
    test) cat <<'LIST'
clang++ clang
- libclang-rt-14-dev
- libgtest-dev
- libgmock-dev
- json-schema-test-suite
LIST
      ;;
    bench) echo '- libbenchmark-dev' ;;
    browsers) cat <<'LIST'
npm npm
chromium|google-chrome chromium
firefox-esr|firefox firefox-esr
WebKitWebDriver webkit2gtk-driver
Xvfb xvfb
certutil libnss3-tools
ip iproute2
unshare util-linux
- locales
- fonts-noto-cjk
LIST
      ;;
    servers) [ "$family" = other ] || cat <<'LIST'
- apache2-bin
- python3-fastapi
- python3-flask-cors
- python3-uvicorn
LIST
      ;;
    *) echo 'usage: scripts/install.sh [build] [test] [browsers] [servers] [bench]' >&2; exit 2 ;;
  esac
}

has_program() {
  for program in $(printf '%s' "$1" | tr '|' ' '); do
    command -v "$program" >/dev/null 2>&1 && return 0
  done
  return 1
}

has_package() { [ "$(dpkg-query -W -f='${db:Status-Status} ' "$1" 2>/dev/null | cut -d' ' -f1)" = installed ]; }

# The packages of these sets that are missing; without apt the programs, for a library is found or fetched by CMake.
missing_of() {
  for set in "$@"; do needs_of "$set"; done | while read -r programs package; do
    if [ "$programs" != - ]; then
      has_program "$programs" || { [ "$family" = other ] && printf '%s\n' "$programs" || printf '%s\n' "$package"; }
    elif [ "$family" != other ]; then
      has_package "$package" || printf '%s\n' "$package"
    fi
  done | sort -u
}

check_node() {
  major=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)
  [ "$major" -ge 18 ] || { echo "Node 18 or newer is needed; node --version says $(node --version 2>&1)." >&2; exit 2; }
}

# Only what this release of the system has: Ubuntu, for one, has no chromium of its own. Who needs it says so later.
known_packages() {
  for package in "$@"; do
    if apt-cache show --no-all-versions "$package" >/dev/null 2>&1; then
      printf '%s ' "$package"
    else
      echo "This system has no package $package: left out." >&2
    fi
  done
}

install_packages() {
  as_root=
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      printf 'Missing on this machine. As root, run this and try again:\n  apt-get update && apt-get install -y --no-install-recommends %s\n' "$*" >&2
      exit 2
    fi
    as_root=sudo
    echo "Installing needs root: sudo apt-get install $*"
    [ ! -t 0 ] || sudo -v || :
  fi
  # A list that cannot be brought up to date may still do.
  step apt-update 'Asking for the lists of packages' $as_root apt-get -q -o DPkg::Lock::Timeout=300 update || :
  # shellcheck disable=SC2046  # one word a package
  set -- $(known_packages "$@")
  [ $# -gt 0 ] || return 0
  echo "Installing: $*"
  step apt-install "Installing $# packages and what they need" $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "$@" || exit 2
}

# Servers whose packages would start a service, also at every start of the machine, are only unpacked. The tests that need
# them say so where one is missing.
unpack_servers() {
  mkdir -p build/servers
  for server in nginx caddy; do
    if has_program "$server" || [ -x "/usr/sbin/$server" ] || ls build/servers/usr/*bin/"$server" >/dev/null 2>&1; then continue; fi
    step "unpack-$server" "Unpacking $server" unpack_package "$server" || :
  done
}

unpack_package() {
  (cd build/servers && apt-get -q download "$1" && dpkg-deb -x "$1"_*.deb . && rm -f "$1"_*.deb)
}

if command -v apt-get >/dev/null 2>&1 && command -v dpkg-query >/dev/null 2>&1; then
  family=$(sed -n 's/^ID=//p' /etc/os-release 2>/dev/null | tr -d '"')
else
  family=other
fi

[ $# -gt 0 ] || set -- build
wanted=$*
for set in "$@"; do needs_of "$set" >/dev/null; done
missing=$(missing_of "$@")
if [ -n "$missing" ]; then
  # shellcheck disable=SC2086  # one word a package
  set -- $missing
  if [ "$family" = other ]; then
    printf 'Missing on this machine: %s\nInstall these and try again (emcc is Emscripten 3.1.6 or newer, activated).\n' "$*" >&2
    exit 2
  fi
  install_packages "$@"
fi
case " $wanted " in
  *' servers '*) [ "$family" = other ] || unpack_servers ;;
esac
check_node
