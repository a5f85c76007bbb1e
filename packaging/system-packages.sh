#!/bin/sh
# Make sure of the Debian packages named in the files given: installed where this is root,
# otherwise the exact command is printed. Elsewhere than on Debian nothing is done.
set -eu
command -v dpkg-query >/dev/null 2>&1 || exit 0
missing=""
for package in $(cat "$@"); do
    # Since the times of 64 bits some libraries are called so.
    status=$(dpkg-query -W -f '${Status}\n' "$package" "${package}t64" 2>/dev/null || true)
    case "$status" in
        *"install ok installed"*) ;;
        *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ]; then
    apt-get update -q
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
else
    echo "System packages are missing. Install them with:"
    echo "  sudo apt-get install --no-install-recommends$missing"
fi
