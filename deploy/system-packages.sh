#!/usr/bin/env bash
# Sees to it that the system packages the portal needs are there: `system-packages.sh run`, and for its tests `run tests`.
# Installs them when it may (as root, or with sudo that asks for no password); otherwise it names them all in one message.
set -euo pipefail

missing=()
need() {  # need PACKAGE... -- COMMAND...: the packages are missing unless the command succeeds
    local packages=()
    while [ "$1" != "--" ]; do packages+=("$1"); shift; done
    shift
    "$@" >/dev/null 2>&1 || missing+=("${packages[@]}")
}

has_library() { PATH="$PATH:/sbin:/usr/sbin" ldconfig -p | grep -F "$1 "; }
has_chinese_font() { fc-list ':lang=zh-tw' family | grep -i 'noto.*cjk'; }
has_latin_font() { fc-list 'Noto Sans' family | grep .; }  # English on paper; in a Chinese font its apostrophes are full-width
has_chromium() { command -v chromium || command -v chromium-browser; }
has_postgresql() { command -v initdb || ls /usr/lib/postgresql/*/bin/initdb; }
has_python() { "${PYTHON:-python3}" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))'; }

needed_to_run() {
    need python3 python3-venv -- has_python
    need libpango-1.0-0 -- has_library libpango-1.0.so.0
    need libpangoft2-1.0-0 -- has_library libpangoft2-1.0.so.0
    need libharfbuzz-subset0 -- has_library libharfbuzz-subset.so.0
    need fontconfig -- command -v fc-list
    need fonts-noto-cjk -- has_chinese_font
    need fonts-noto-core -- has_latin_font
    need nodejs -- command -v node
    need npm -- command -v npm
}

needed_by_tests() {
    need chromium -- has_chromium
    need postgresql -- has_postgresql
    need libzbar0 -- has_library libzbar.so.0
    need poppler-utils -- command -v pdftotext
}

install_missing() {
    local as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
    echo "Installing system packages: ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

may_install() { command -v apt-get && { [ "$(id -u)" -eq 0 ] || sudo -n true; }; }

for part in "$@"; do
    case "$part" in
        run) needed_to_run ;;
        tests) needed_by_tests ;;
        *) echo "usage: $0 [run] [tests]" >&2; exit 2 ;;
    esac
done

[ "${#missing[@]}" -gt 0 ] || exit 0
if may_install >/dev/null 2>&1; then
    install_missing
else
    cat >&2 <<MESSAGE
These system packages are needed and not there (Debian's and Ubuntu's names):

    sudo apt-get install ${missing[*]}

Install them, then run the same command again.
MESSAGE
    exit 1
fi
