# The JavaScript runtime for the extractor: deno from npm, and the packages of yt-dlp's solver, in a folder of Decant's own.
# Sourced by `decant`. Without npm it says so and goes on: YouTube then offers fewer formats, and /readyz says why.

javascript_dir=$root/artifacts/javascript

# need_javascript: brings what is not there yet, and tells the program where it is.
need_javascript() {
    export JavaScript__Folder="${JavaScript__Folder:-$javascript_dir}"
    [ "$JavaScript__Folder" = "$javascript_dir" ] && [ -z "${JavaScript__Runtime:-}" ] || return 0
    has_javascript || locked bring_javascript
}

# A newer extractor may want newer packages. Where Python has the solver as a package of its own, deno needs none.
has_javascript() {
    [ -f "$javascript_dir/.ready" ] && [ ! "$javascript_dir/.ready" -ot "$root/scripts/javascript/package-lock.json" ] &&
        { [ ! -f "$(solver_imports)" ] || [ ! "$javascript_dir/.ready" -ot "$(solver_imports)" ]; }
}

# yt-dlp's own line of imports for deno; running it with the network fills deno's cache with just what it names.
solver_imports() {
    echo "$(dirname -- "$ytdlp_file")/extractor/youtube/jsc/_builtin/vendor/yt.solver.deno.lib.js"
}

bring_javascript() {
    ! has_javascript || return 0
    if ! command -v npm >/dev/null; then
        say "YouTube offers fewer formats without a JavaScript runtime: install npm and run ./decant again, or install deno"
        return 0
    fi
    say "bringing a JavaScript runtime for the extractor (deno, 40 MB, once) ..."
    if bring_deno && bring_solver; then
        : >"$javascript_dir/.ready"
    else
        say "no JavaScript runtime could be brought (npm's and deno's own words are above); YouTube offers fewer formats without"
    fi
}

bring_deno() {
    mkdir -p "$javascript_dir"
    cp "$root/scripts/javascript/package.json" "$root/scripts/javascript/package-lock.json" "$javascript_dir/"
    (cd "$javascript_dir" && npm ci --ignore-scripts --loglevel=error >&2) || return 1
    for binary in "$javascript_dir"/node_modules/@deno/*/deno; do
        [ -f "$binary" ] && chmod +x "$binary" && ln -sf "${binary#"$javascript_dir"/}" "$javascript_dir/deno" && return 0
    done
    say "npm has no deno for this machine ($(uname -sm))"
    return 1
}

# From the registry that this machine's npm is set to; deno files the packages under its name, so that is kept too.
bring_solver() {
    [ -f "$(solver_imports)" ] || return 0
    npm config get registry 2>/dev/null >"$javascript_dir/registry"
    DENO_DIR=$javascript_dir/cache NPM_CONFIG_REGISTRY=$(cat "$javascript_dir/registry") DENO_NO_UPDATE_CHECK=1 \
        "$javascript_dir/deno" run --quiet --ext=js --no-prompt --no-remote --no-lock --no-config --node-modules-dir=none \
        - <"$(solver_imports)" >&2
}
