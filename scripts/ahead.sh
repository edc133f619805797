# Compiles what the tests' processes are made of ahead of time, as ./decant package does for the program: compiling it anew in each of
# the sixty servers that tests start and kill took a tenth of the whole run's processor time. Sourced by `scripts/test.sh`.

# Each assembly as it was built, and as it was compiled from that.
ahead_dir=$root/artifacts/ahead

# What servers spend their first seconds in. The rest costs more to compile than its starts.
compiled_ahead="Decant.Server Decant.Engine decant Microsoft.EntityFrameworkCore Microsoft.EntityFrameworkCore.Relational
    Microsoft.EntityFrameworkCore.Sqlite Microsoft.Data.Sqlite Npgsql Npgsql.EntityFrameworkCore.PostgreSQL"

# need_compiler_ahead: brings the compiler where a feed has it. Before the build, whose own restore then has the last word.
need_compiler_ahead() {
    [ "$(uname -m)" = x86_64 ] || return 0
    [ -z "$(compiler_ahead)" ] || return 0
    "$dotnet" restore "$root/src/Cli" -r linux-x64 -v quiet -p:PublishReadyToRun=true -p:RestoreLockedMode="${CI:+true}" >"$log" 2>&1 ||
        say "the compiler that compiles ahead cannot be had here: the tests take some minutes longer (all of it is in $log)"
}

# Of the runtime's own major version; its code is good in every runtime of that.
compiler_ahead() {
    find "${NUGET_PACKAGES:-${HOME:-/nonexistent}/.nuget/packages}/microsoft.netcore.app.crossgen2.linux-x64/$sdk_major".*/tools/crossgen2 \
        2>/dev/null | sort -V | tail -n 1
}

# compile_ahead: puts compiled assemblies in the place of those that the build left beside the tests. It compiles what changed since the last time.
compile_ahead() {
    compiler=$(compiler_ahead)
    [ -n "$compiler" ] || return 0
    mkdir -p "$ahead_dir/built"
    # Those of the server's tests, which have all of them.
    built_dir=$root/artifacts/bin/Decant.Server.Tests/release
    changed=
    for name in $compiled_ahead; do
        file=$name.dll
        cmp -s "$built_dir/$file" "$ahead_dir/$file" || cmp -s "$built_dir/$file" "$ahead_dir/built/$file" || changed="$changed $name"
    done
    if [ -n "$changed" ]; then
        say "compiling ahead:$changed ..."
        # shellcheck disable=SC2086 # One word a name.
        printf '%s\n' $changed | xargs -P "$(nproc)" -I NAME sh -c "$compile_one" compile_one \
            NAME "$compiler" "$built_dir" "$ahead_dir" "$(shared Microsoft.NETCore.App)" "$(shared Microsoft.AspNetCore.App)" >"$log" 2>&1 || {
            cat "$log" >&2
            die 1 "compiling ahead failed; all of it is in $log"
        }
    fi
    for project in "$root"/tests/*.Tests; do
        for name in $compiled_ahead; do
            place=$root/artifacts/bin/Decant.$(basename "$project")/release/$name.dll
            if cmp -s "$place" "$ahead_dir/built/$name.dll"; then cp "$ahead_dir/$name.dll" "$place"; fi
        done
    done
}

# The newest of a shared framework's directories.
shared() { find "$DOTNET_ROOT/shared/$1" -maxdepth 1 -name "$sdk_major.*" | sort -V | tail -n 1; }

# With what the program is published with (src/Cli). The copy of what was built comes last: without it this is done again.
compile_one='
    set -eu
    name=$1 compiler=$2 built_dir=$3 ahead_dir=$4 runtime=$5 web=$6
    rm -f "$ahead_dir/built/$name.dll"
    "$compiler" "$built_dir/$name.dll" -o "$ahead_dir/$name.dll" --targetos:linux --targetarch:x64 -O \
        -r "$built_dir/*.dll" -r "$runtime/*.dll" -r "$web/*.dll" \
        "--opt-cross-module:*" "--non-local-generics-module:*"
    cp "$built_dir/$name.dll" "$ahead_dir/built/$name.dll"'
