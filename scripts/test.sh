# `./decant test [WORD ...]`: sets up and runs everything; ends with one line, `N passed, N failed`. Sourced by `decant`.

. "$root/scripts/ahead.sh"

run_test() {
    set_up_with=
    [ -n "$(find /usr/lib/postgresql/*/bin/initdb 2>/dev/null)" ] || set_up_with=postgresql
    # The object storage of the tests; the library alone, which starts no service.
    [ -d "$debian_packages/swift" ] || set_up_with="$set_up_with python3-swift"
    command -v promtool >/dev/null || set_up_with="$set_up_with prometheus"
    # The guide's samples use them.
    command -v jq >/dev/null || set_up_with="$set_up_with jq"
    command -v openssl >/dev/null || set_up_with="$set_up_with openssl"
    [ -d "$debian_packages/requests" ] || set_up_with="$set_up_with python3-requests"
    # Checks the Python client's types.
    command -v mypy >/dev/null || set_up_with="$set_up_with mypy"
    # They read what was written into files, beside ffprobe.
    command -v exiftool >/dev/null || set_up_with="$set_up_with libimage-exiftool-perl"
    command -v mediainfo >/dev/null || set_up_with="$set_up_with mediainfo"
    [ -d "$debian_packages/mutagen" ] || set_up_with="$set_up_with python3-mutagen"
    command -v flac >/dev/null || set_up_with="$set_up_with flac"
    command -v mkvmerge >/dev/null || set_up_with="$set_up_with mkvtoolnix"
    # The page is used in it as people use it; its fonts draw what the page says.
    [ -x /usr/bin/chromium-headless-shell ] || set_up_with="$set_up_with chromium-headless-shell fonts-dejavu-core"
    # The shell shows no notifications.
    [ -x /usr/bin/chromium ] || set_up_with="$set_up_with chromium"
    # Split on purpose: one word a package.
    need_machine $set_up_with
    need_dotnet
    need_npm_packages
    need_proxies
    # In a shell of its own: only the tests that are about it are to use it.
    (need_javascript)
    build_web

    log=$root/artifacts/test.log
    mkdir -p "$root/artifacts"
    # Of use where everything runs: for some tests it costs more than it saves.
    [ -n "${1:-}" ] || need_compiler_ahead
    build_all
    [ -n "${1:-}" ] || compile_ahead
    need_native_tests "${1:-}"

    # Now, and not in the first test that asks, whose own deadline would be running.
    "$lab_dir/decant-lab" --make >&2

    # Plain words pick tests by name; anything with a dash is for the runner as it stands (-class, -trait ...).
    case ${1:-} in
        # Twins on PostgreSQL of tests in which the database has no say run when they are asked for.
        '') [ "${DECANT_EXHAUSTIVE:-}" = 1 ] || set -- -trait- Run=exhaustive ;;
        -*) ;;
        *)
            for word in "$@"; do
                shift
                set -- "$@" -method "*$word*"
            done
            ;;
    esac

    # Two programs at a time: each waits for the network, for clocks and for deadlines often enough to leave a core idle. The server's
    # tests begin first: they take about as long as all others together.
    results=$root/artifacts/results
    rm -rf "$results"
    mkdir -p "$results"
    printf '%s\n' "$root"/tests/*.Tests | sort -r | xargs -P 2 -I PROJECT sh -c "$run_project" run_project PROJECT "$root" "$@" || :

    passed=0 failed=0 skipped=0
    for project in "$root"/tests/*.Tests; do
        add_result "$(basename "$project")"
    done
    # Once more at the end, where they are looked for: between them and here stand thousands of lines.
    grep -h -A 12 ' \[FAIL\]$' "$results"/*.log >&2 || :
    if [ "$((passed + failed))" = 0 ]; then say "no test ran"; fi
    [ "$skipped" = 0 ] || say "$skipped skipped: what takes long, or needs what is not here; each says which"
    printf '%s passed, %s failed\n' "$passed" "$failed"
    [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}

# The proxies of ops/proxy, unpacked and not installed: Debian would start them as services. What is about them is left out without.
need_proxies() {
    proxies=$root/artifacts/proxies
    [ -x "$proxies/usr/bin/caddy" ] && [ -x "$proxies/usr/sbin/nginx" ] && return
    mkdir -p "$proxies/packages"
    (cd "$proxies/packages" && apt-get -qq download caddy nginx) >&2 || {
        say "Debian's caddy and nginx cannot be had here"
        return 0
    }
    for package in "$proxies"/packages/*.deb; do dpkg-deb -x "$package" "$proxies"; done
}

# Runs one test program: what it said and its code go to artifacts/results, each test's time to artifacts/NAME.xml.
run_project='
    set -eu
    name=${1##*/} artifacts=$2/artifacts
    shift 2
    echo "decant: $name" >&2
    # Test programs compile tens of thousands of methods; mapping the memory of each twice, to write and to run it, took a fifteenth of
    # their processor time. Servers that people start keep that protection.
    export DOTNET_EnableWriteXorExecute=0
    {
        "$artifacts/bin/Decant.$name/release/Decant.$name" -noColor -noLogo -longRunning 20 -xml "$artifacts/$name.xml" "$@" 2>&1 &&
            echo 0 >"$artifacts/results/$name.code" || echo $? >"$artifacts/results/$name.code"
    } | tee "$artifacts/results/$name.log"'

# add_result NAME: adds up what a test program reported.
add_result() {
    name=$1 code=$(cat "$results/$1.code" 2>/dev/null || echo "that nobody saw")
    #    Decant.Engine.Tests  Total: 36, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, Time: 0.258s
    summary=$(grep -E "^ *Decant\.$name +Total: [0-9]+" "$results/$name.log" | tail -n 1)
    total=$(count Total) errors=$(count Errors) failures=$(count Failed) skips=$(count Skipped)
    passed=$((passed + total - failures - skips))
    failed=$((failed + failures + errors))
    skipped=$((skipped + skips))
    # A program that ended badly without a failure to show for it crashed: that is a failure too.
    if [ -z "$summary" ] || { [ "$code" != 0 ] && [ "$((failures + errors))" = 0 ]; }; then
        say "$name ended with code $code and no failed test: it crashed"
        failed=$((failed + 1))
    fi
}

# count WORD: the number behind WORD in the summary; 0 where it is not mentioned.
count() { printf '%s: 0, %s\n' "$1" "$summary" | sed "s/.*$1: \([0-9]*\).*/\1/"; }
