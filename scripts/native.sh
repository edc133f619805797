# Compiles the commands that are over within a second (`get`, `info`) to machine code, where gcc or clang can link it: a runtime of .NET
# takes longer to start than they take to be done (docs/adr/0075). Sourced by `decant`.

native_dir=$root/artifacts/native

# The program with all commands, where machine code begins: that starts it for all others.
whole_program=decant-whole

# compile_native: brings $native_dir up to date. Fails where there is nothing to link with, or no compiler to be had.
compile_native() {
    command -v clang >/dev/null || command -v gcc >/dev/null || return 1
    changed_since "$native_dir/.built" src || return 0
    rm -rf "$native_dir"
    mkdir -p "$native_dir"
    : >"$native_dir/.began"
    # No lock file: the SDK adds its own compiler to what is restored.
    # For the same machine as the program: of one compilation, they know each other again (LookUpSocket).
    "$dotnet" publish "$root/src/Native" -r linux-x64 -c Release -v quiet -o "$native_dir" -p:CompileNative=true \
        -p:UseSharedCompilation="${one_compiler:-false}" || return 1
    mv "$native_dir/.began" "$native_dir/.built"
}

# begin_in_machine_code DIRECTORY: `decant` there is machine code from now on.
begin_in_machine_code() {
    mv "$1/decant" "$1/$whole_program"
    cp "$native_dir/decant-native" "$1/decant"
}

say_no_machine_code() {
    say "get and info start 0.2 s later here than they could: gcc or clang, which link machine code, are missing, or it could not be"
    say "compiled (all of it is in $root/artifacts/build.log)"
}

# need_native_tests WORD: has the tests of the command line run what people run. A run of some tests takes it as it is, or does without.
need_native_tests() {
    [ "$(uname -m)" = x86_64 ] || return 0
    tests_dir=$root/artifacts/bin/Decant.Cli.Tests/release
    if [ -n "$1" ] && changed_since "$native_dir/.built" src; then
        [ ! -e "$tests_dir/$whole_program" ] || mv -f "$tests_dir/$whole_program" "$tests_dir/decant"
        return 0
    fi
    if changed_since "$native_dir/.built" src; then
        say "compiling get and info to machine code ..."
        if ! locked compile_native >"$log" 2>&1; then
            say_no_machine_code
            return 0
        fi
    fi
    # The build puts its own in this place whenever that has changed.
    cmp -s "$native_dir/decant-native" "$tests_dir/decant" || begin_in_machine_code "$tests_dir"
}
