# `./decant update`: brings a newer extractor in. Sourced by `decant`.
# A server that runs notices the new files by itself and moves to them, so nothing here talks to one.

run_update() {
    [ "$#" = 0 ] || die 2 "update takes no arguments, and got '$*'"
    has_ytdlp || :
    before=$ytdlp_version
    say "yt-dlp ${before:-none} is here${ytdlp_file:+, in ${ytdlp_file%/version.py}}"
    . "$os_release"
    steps=$(update_steps) || exit $?
    if ! may_update; then
        say "this needs root, or is not apt's to replace; run it yourself, and a server that runs moves to the new one by itself:"
        printf '%s\n' "$steps" >&2
        exit 3
    fi
    say "updating, step by step:"
    printf '%s\n' "$steps" >&2
    DEBIAN_FRONTEND=noninteractive sh -ec "$steps" >&2 </dev/null || die 1 "that failed; apt's own words are above"
    has_ytdlp || die 3 "yt-dlp ${ytdlp_version:-none} is here now, and $ytdlp_minimum or newer is needed"
    say "$(update_outcome "$before" "$ytdlp_version")"
}

# Where apt put it, and as root. What a person put somewhere is theirs to replace.
may_update() { [ "${ID:-}" = debian ] && is_from_apt && [ "$(id -u)" = 0 ]; }

is_from_apt() {
    [ -z "${Extractor__Folder:-}" ] || return 1
    case ${ytdlp_file:-} in "$debian_packages"/* | '') ;; *) return 1 ;; esac
}

# The shell commands that bring the newest, one a line: printed for people and run as they stand.
update_steps() {
    if [ -n "${Extractor__Folder:-}" ]; then
        echo "/usr/bin/python3 -m pip install --upgrade --target '$Extractor__Folder' 'yt-dlp[default]'"
    elif [ "${ID:-}" = debian ] && is_from_apt; then
        installing_steps yt-dlp
    else
        echo "/usr/bin/python3 -m pip install --upgrade 'yt-dlp[default]'"
    fi
}

# update_outcome BEFORE AFTER
update_outcome() {
    if [ "$1" = "$2" ]; then
        echo "yt-dlp $2 is already the newest that this machine's sources have"
    else
        echo "yt-dlp $2 is here now${1:+, and was $1}; a server that runs moves to it within half a minute, and its jobs go on"
    fi
}
