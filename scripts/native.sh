# Compiles the commands that are over within a second (`get`, `info`) to machine code, where gcc or clang can link it: a runtime of .NET
# takes longer to start than they take to be done (docs/adr/0075). Sourced by `decant`.

native_dir=$root/artifacts/native

# The program with all commands, where machine code begins: that starts it for all others.
whole_program=decant-whole

has_linker() { command -v clang >/dev/null || command -v gcc >/dev/null; }

# compile_native: brings $native_dir up to date.
compile_native() {
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

# lacks_native_compiler LOG: whether no feed has it. Anything else that went wrong is a fault of the code's.
lacks_native_compiler() { grep -qiE 'NU110[0-9].*ilcompiler' "$1"; }

# begin_in_machine_code DIRECTORY: `decant` there is machine code from now on.
begin_in_machine_code() {
    mv "$1/decant" "$1/$whole_program"
    cp "$native_dir/decant-native" "$1/decant"
}

say_no_machine_code() {
    say "get and info start 0.2 s later here than they could: gcc or clang, which link machine code, or its compiler cannot be had"
}

# need_native_tests WORD: has the tests of the command line run what people run. A run of some tests takes it as it is, or does without.
need_native_tests() {
    tests_dir=$root/artifacts/bin/Decant.Cli.Tests/release
    # The build does not put its own back where nothing of the command line has changed, and an older machine code in the place of
    # $whole_program would start itself for ever.
    cp -fp "$root/artifacts/bin/Decant.Cli/release/decant" "$tests_dir/decant"
    rm -f "$tests_dir/$whole_program"
    [ "$(uname -m)" = x86_64 ] && has_linker || return 0
    if changed_since "$native_dir/.built" src; then
        [ -z "$1" ] || return 0
        say "compiling get and info to machine code ..."
        if ! locked compile_native >"$log" 2>&1; then
            lacks_native_compiler "$log" || {
                cat "$log" >&2
                die 1 "compiling to machine code failed; all of it is in $log"
            }
            say_no_machine_code
            return 0
        fi
    fi
    begin_in_machine_code "$tests_dir"
}
