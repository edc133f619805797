# What the machine must have besides .NET: found, installed on Debian 12, or named for someone to install.
# Sourced by `decant`. Quick when all is there: it looks at files and starts next to nothing.

# Platforms change monthly, and an extractor older than this no longer follows the large ones. A floor, not a pin.
ytdlp_minimum=2026.01.01
debian_packages=/usr/lib/python3/dist-packages
os_release=/etc/os-release
apt_folder=/etc/apt

# Debian 12's own yt-dlp is years old. This one suite has a current one; nothing else may come from there.
backports_suite=trixie-backports
backports_keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# need_machine [PACKAGE...]: returns once the machine has everything, PACKAGEs included that the caller found missing.
need_machine() {
    lacking="$*"
    has_tools ffmpeg ffprobe || lacking="$lacking ffmpeg"
    has_tools setsid setpriv prlimit flock || lacking="$lacking util-linux"
    [ -s /etc/ssl/certs/ca-certificates.crt ] || [ -s /etc/pki/tls/certs/ca-bundle.crt ] ||
        [ -s /etc/ssl/cert.pem ] || lacking="$lacking ca-certificates"
    has_ytdlp || lacking="$lacking yt-dlp"
    [ -n "$lacking" ] || return 0

    # Speeds AES-128 streams up; the extractor does without, so it is never the reason to install.
    [ -d "$debian_packages/Cryptodome" ] || lacking="$lacking python3-pycryptodome"
    # Compiles what loads ffmpeg once; without, each run loads it anew.
    has_tools cc || has_tools tcc || lacking="$lacking tcc"
    [ -f /usr/include/stdio.h ] || lacking="$lacking libc6-dev"
    install_packages $lacking

    has_tools ffmpeg prlimit ||
        die 3 "the packages were installed, and yet ffmpeg or prlimit is not in /usr/bin"
    has_ytdlp ||
        die 3 "the packages were installed, and yet python finds yt-dlp ${ytdlp_version:-nowhere} (${ytdlp_file:-no file}): remove that one"
}

# By path, as the program starts them: the PATH of whoever calls is not the PATH of a service.
has_tools() {
    for tool in "$@"; do [ -x "/usr/bin/$tool" ] || return 1; done
}

# The worker runs under /usr/bin/python3 and nothing else: another python3 may stand first on PATH and lack the package.
has_ytdlp() {
    ytdlp_version=
    ytdlp_file=$debian_packages/yt_dlp/version.py
    # What pip put under /usr/local goes before Debian's; Python itself knows which one it would take, 20 ms later.
    if [ ! -f "$ytdlp_file" ] || is_any /usr/local/lib/python3*/dist-packages/yt_dlp; then
        ytdlp_file=$(where_python_has_ytdlp)
    fi
    is_new_ytdlp "$ytdlp_file"
}

is_any() { [ -e "$1" ]; }

where_python_has_ytdlp() {
    [ ! -x /usr/bin/python3 ] || /usr/bin/python3 -I -c 'import importlib.util, os
found = importlib.util.find_spec("yt_dlp")
print(os.path.join(os.path.dirname(found.origin), "version.py") if found and found.origin else "")'
}

# Reads the version without importing the package, which takes half a second.
is_new_ytdlp() {
    [ -f "$1" ] || return 1
    while IFS="'" read -r name value rest; do
        if [ "$name" = "__version__ = " ]; then ytdlp_version=$value; fi
    done <"$1"
    [ "$(as_number "$ytdlp_version")" -ge "$(as_number "$ytdlp_minimum")" ]
}

# 2026.01.09 and 2026.1.9 alike -> 20260109
as_number() {
    IFS=. read -r year month day rest <<END
${1:-0.1.1}
END
    echo $((year * 10000 + ${month#0} * 100 + ${day#0}))
}

# install_packages PACKAGE...: on Debian 12 as root, says what it is about to do and does it; elsewhere says what to do.
install_packages() {
    . "$os_release"
    say "this machine lacks: $*"
    case " $* " in
        *" yt-dlp "*) say "(yt-dlp must be $ytdlp_minimum or newer; ${ytdlp_version:-none} is there)" ;;
    esac
    if [ "${ID:-}" != debian ]; then
        say "install these with the system's package manager; where its yt-dlp is too old, this brings a new one"
        say "(and wants --break-system-packages besides where pip says so):"
        die 3 "    sudo /usr/bin/python3 -m pip install --upgrade 'yt-dlp[default]>=$ytdlp_minimum'"
    fi
    steps=$(installing_steps "$@") || exit $?
    if [ "${VERSION_ID:-}" != 12 ] || [ "$(id -u)" != 0 ]; then
        say "run this as root, then ./decant again:"
        printf '%s\n' "$steps" >&2
        exit 3
    fi
    say "installing, step by step:"
    printf '%s\n' "$steps" >&2
    # One source failing to answer must not stop an install that the others can serve, hence no -e.
    DEBIAN_FRONTEND=noninteractive sh -c "$steps" >&2 </dev/null ||
        die 3 "that failed; apt's own words are above"
}

# The shell commands that install PACKAGEs on a Debian machine, one a line: printed for people and run as they stand.
installing_steps() {
    # Debian after 13 has a current yt-dlp of its own.
    case "${VERSION_ID:-}: $* " in
        "12:"*" yt-dlp "* | "13:"*" yt-dlp "*)
            mirror=$(debian_mirror "$VERSION_CODENAME" "$apt_folder")
            [ -n "$mirror" ] ||
                die 3 "no apt source in $apt_folder serves $VERSION_CODENAME main; add one, then run ./decant again"
            cat <<END
cat >/etc/apt/sources.list.d/decant.sources <<'FILE'
# Written by decant for a current yt-dlp; /etc/apt/preferences.d/decant keeps everything else of this suite out.
Types: deb
URIs: $mirror
Suites: $backports_suite
Components: main
Signed-By: $backports_keyring
FILE
cat >/etc/apt/preferences.d/decant <<'FILE'
Package: *
Pin: release n=$backports_suite
Pin-Priority: -10

Package: yt-dlp
Pin: release n=$backports_suite
Pin-Priority: 600
FILE
END
            ;;
    esac
    # A package that makes a database cluster of its own when installed: the tests make theirs.
    case " $* " in
        *" postgresql "*)
            echo "mkdir -p /etc/postgresql-common/createcluster.d"
            echo "echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.d/decant.conf"
            ;;
    esac
    # Its checker of rules is wanted, not the service that comes with it.
    case " $* " in
        *" prometheus "*) echo "mkdir -p /etc/systemd/system && ln -s /dev/null /etc/systemd/system/prometheus.service" ;;
    esac
    echo "apt-get -qq update"
    echo "apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 install --yes --no-install-recommends $*"
}

# debian_mirror CODENAME DIRECTORY: the address that serves this release's main component, by the machine's own
# sources, in the one-line format (*.list) and the deb822 one (*.sources).
debian_mirror() {
    for file in "$2"/sources.list "$2"/sources.list.d/*.list "$2"/sources.list.d/*.sources; do
        [ -f "$file" ] || continue
        case $file in
            *.list) awk -v suite="$1" "$mirror_in_list" "$file" ;;
            *) awk -v suite="$1" "$mirror_in_deb822" "$file" ;;
        esac
    done | head -n 1
}

# deb [signed-by=/some file] http://mirror/debian bookworm main contrib
mirror_in_list='
    $1 == "deb" {
        sub(/#.*/, "")
        sub(/^[ \t]*deb[ \t]+(\[[^]]*\][ \t]*)?/, "")
        if ($2 != suite || $1 !~ /^[a-z+]*(http|https|file|ftp):/) next
        for (i = 3; i <= NF; i++) if ($i == "main") print $1
    }'

# Stanzas of "Field: value", continued on indented lines and ended by an empty one.
mirror_in_deb822='
    function has(list, word) { return index(" " list " ", " " word " ") }
    function stanza() {
        if (has(f["types"], "deb") && has(f["suites"], suite) && has(f["components"], "main") && f["enabled"] !~ /no/) {
            split(f["uris"], uri, " ")
            print uri[1]
        }
        split("", f)
    }
    /^#/ { next }
    /^[ \t]*$/ { stanza(); next }
    /^[^ \t]/ { name = tolower(substr($0, 1, index($0, ":") - 1)); sub(/^[^:]*:/, "") }
    { gsub(/[ \t]+/, " "); sub(/^ /, ""); sub(/ $/, ""); f[name] = f[name] " " $0; sub(/^ /, "", f[name]) }
    END { stanza() }'
