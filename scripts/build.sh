# Finds the .NET SDK and builds what changed. Sourced by `decant`.

sdk_major=10
program_dir=$root/artifacts/program
lab_dir=$root/artifacts/bin/Decant.Lab/release
bench_dir=$root/artifacts/bin/Decant.Bench/release

# No build server stays behind, and no first-run banner is printed.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

need_dotnet() {
    for candidate in "$(command -v dotnet || :)" "${HOME:-/nonexistent}/.dotnet/dotnet" \
        /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet /usr/local/share/dotnet/dotnet; do
        [ -x "$candidate" ] || continue
        dotnet=$(readlink -f -- "$candidate")
        DOTNET_ROOT=$(dirname -- "$dotnet")
        for sdk in "$DOTNET_ROOT/sdk/$sdk_major".*; do
            [ -d "$sdk" ] || continue
            export DOTNET_ROOT
            return 0
        done
    done
    say "the .NET SDK $sdk_major is not here; this installs it for the present user:"
    die 3 "    curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel $sdk_major.0"
}

# build_program: the program in Release, compiled ahead of time where that can be had (it starts in two thirds of the time).
build_program() {
    changed_since "$program_dir/.built" src worker || return 0
    locked build_once "the program" "$program_dir/.built" publish_program src worker
    [ "$(uname -m)" != x86_64 ] || [ -e "$program_dir/$whole_program" ] || say_no_machine_code
}

build_lab() {
    changed_since "$lab_dir/.built" lab || return 0
    locked build_once "the lab" "$lab_dir/.built" compile_lab lab
}

build_bench() {
    changed_since "$bench_dir/.built" bench lab || return 0
    locked build_once "the bench" "$bench_dir/.built" compile_bench bench lab
}

# build_all: the program, the lab, the bench and all tests, each where its project puts it.
build_all() {
    changed_since "$root/artifacts/bin/.built" src worker lab bench tests Decant.slnx || return 0
    locked build_once "all of it" "$root/artifacts/bin/.built" compile_all src worker lab bench tests Decant.slnx
}

# changed_since STAMP DIRECTORY...: whether anything that the build reads is newer. A removed file makes its directory newer.
changed_since() {
    [ -f "$1" ] || return 0
    stamp=$1
    shift
    [ -n "$(cd "$root" && find "$@" Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig \
        -newer "$stamp" ! -name __pycache__ ! -name '*.pyc' -print -quit)" ]
}

# locked COMMAND...: one build at a time, so that two first runs do not write over each other.
locked() {
    mkdir -p "$root/artifacts"
    exec 9>"$root/artifacts/.lock"
    flock -n 9 || { say "waiting for another build"; flock 9; }
    "$@"
    exec 9>&-
}

# build_once NAME STAMP BUILDER DIRECTORY...
build_once() {
    what=$1 stamp=$2 builder=$3
    shift 3
    changed_since "$stamp" "$@" || return 0
    say "building $what (the first time takes some minutes) ..."
    began=$(date +%s)
    # Sources saved while the build runs are newer than its beginning, and so are built the next time.
    : >"$root/artifacts/.began"
    log=$root/artifacts/build.log
    if ! "$builder" >"$log" 2>&1 9>&-; then
        grep -E 'error|warning' "$log" | sort -u >&2 || cat "$log" >&2
        die 1 "the build failed; all of it is in $log"
    fi
    mv -f "$root/artifacts/.began" "$stamp"
    say "built in $(($(date +%s) - began)) s"
}

publish_program() {
    rm -rf "$program_dir.new"
    case $(uname -m) in
        x86_64)
            publish -r linux-x64 --no-self-contained -p:PublishReadyToRun=true || plain_after_all || return 1
            if ! has_linker; then :; elif compile_native; then
                begin_in_machine_code "$program_dir.new"
            else
                lacks_native_compiler "$root/artifacts/build.log" || return 1
            fi
            ;;
        *) publish || return 1 ;;
    esac
    # A server that runs keeps the files it has open: they are replaced, never written over.
    rm -rf "$program_dir"
    mv "$program_dir.new" "$program_dir"
}

publish() { run_dotnet publish "$root/src/Cli" -o "$program_dir.new" "$@"; }

# Without the ahead-of-time compiler, whose package not every feed has, the plain program does the same, a little later.
plain_after_all() {
    grep -qiE 'NU110[0-9].*(crossgen|\.Runtime\.)' "$root/artifacts/build.log" || return 1
    publish
}

compile_lab() { run_dotnet build "$root/lab"; }

compile_bench() { run_dotnet build "$root/bench"; }

# Eleven projects with the same analyzers: a compiler that stays for all of them loads those once. It is gone afterwards.
compile_all() {
    compiled=0 one_compiler=true
    run_dotnet build "$root/Decant.slnx" || compiled=$?
    one_compiler=false
    "$dotnet" build-server shutdown --vbcscompiler || :
    return "$compiled"
}

run_dotnet() {
    "$dotnet" "$@" -c Release -v quiet -p:UseSharedCompilation="${one_compiler:-false}" -p:RestoreLockedMode="${CI:+true}"
}
