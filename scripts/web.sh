# Builds the page (web/) with Node, beside the program. Sourced by `decant`.
# Without Node it says so and goes on: the server then shows a small plain page that leads to /docs.

web_dir=$root/artifacts/web

# build_web: in a directory of its own, put in place when it is whole, and again only when web/ has changed.
build_web() {
    changed_in_web || return 0
    if ! has_node; then
        say "the page is not built: that wants node $node_minimum or newer, with npm; the API works without"
        return 0
    fi
    say "building the page ..."
    log=$root/artifacts/web.log
    : >"$root/artifacts/.web-began"
    if (cd "$root/web" && install_web && npm run --silent build -- --outDir "$web_dir.new" --emptyOutDir) >"$log" 2>&1; then
        # A server that runs has read its index of the old files: they go only now.
        rm -rf "$web_dir"
        mv "$web_dir.new" "$web_dir"
        mv -f "$root/artifacts/.web-began" "$web_dir/.built"
    else
        tail -n 20 "$log" >&2
        say "the page could not be built (all of it is in $log); the API works without"
    fi
}

install_web() {
    [ -f node_modules/.package-lock.json ] && [ ! node_modules/.package-lock.json -ot package-lock.json ] ||
        npm ci --ignore-scripts --loglevel=error
}

changed_in_web() {
    [ -f "$web_dir/.built" ] || return 0
    [ -n "$(find "$root/web" -newer "$web_dir/.built" ! -path '*/node_modules*' ! -name web -print -quit)" ]
}
