#!/bin/sh
# node18.sh DIRECTORY: Debian 12's Node unpacked there, beside the machine's own, with a program DIRECTORY/bin/node that runs it.
# What stands in the way is said on stderr, and the exit code is 1.
set -eu
mkdir -p "$1/debs" "$1/bin"
folder=$(readlink -f -- "$1")
cd "$folder/debs"

# version_of PACKAGE: the newest 18 that apt knows of it.
version_of() { apt-cache madison "$1" | awk '$3 ~ /^18\./ { print $3; exit }'; }

version=$(version_of libnode108)
[ -n "$version" ] || { echo "apt knows no libnode108: this is not Debian 12, or its lists are empty" >&2; exit 1; }

# The libraries too: elsewhere they are not there, and here only where something else wants them.
apt-get download -qq "nodejs=$version" "libnode108=$version" libuv1 libc-ares2 libnghttp2-14 libicu72 \
    node-acorn node-cjs-module-lexer node-undici >&2
for package in *.deb; do dpkg -x "$package" "$folder/root"; done

# Debian's Node reads some of its own JavaScript from /usr/share/nodejs: for it alone, the unpacked one lies over that.
cat >"$folder/bin/node" <<END
#!/bin/sh
exec unshare --map-root-user --mount sh -c '
    mount -t overlay overlay -o "lowerdir=$folder/root/usr/share:/usr/share" /usr/share &&
        LD_LIBRARY_PATH=$folder/root/usr/lib/$(uname -m)-linux-gnu exec "$folder/root/usr/bin/node" "\$@"' node "\$@"
END
chmod +x "$folder/bin/node"
"$folder/bin/node" --version
