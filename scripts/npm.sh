# The npm packages of tests/OpenApi: a linter, and what makes a client of the OpenAPI document. Sourced by `decant`.

# The linter's own minimum, and what Debian 12 has.
node_minimum=18

# need_npm_packages: installs what the lock file pins, from the registry that the machine's npm is set to. Where node or npm
# cannot be had it says so and goes on: the two tests that want them are then skipped, with the reason.
need_npm_packages() {
    npm_folder=$root/tests/OpenApi
    # npm writes this file last.
    installed=$npm_folder/node_modules/.package-lock.json
    [ ! -f "$installed" ] || [ "$installed" -ot "$npm_folder/package-lock.json" ] || return 0

    if ! has_node && [ "$(id -u)" = 0 ] && debian_has_node; then install_packages nodejs npm; fi
    if ! has_node; then
        say "the OpenAPI document is neither linted nor made a client of: that wants node $node_minimum or newer, with npm"
        return 0
    fi

    say "installing the npm packages of tests/OpenApi ..."
    (cd "$npm_folder" && npm ci --ignore-scripts --loglevel=error >&2) ||
        say "the OpenAPI document is neither linted nor made a client of: npm's own words are above"
}

has_node() {
    command -v npm >/dev/null && node_is_new "$(node --version 2>/dev/null)"
}

debian_has_node() {
    node_is_new "$(apt-cache policy nodejs 2>/dev/null | sed -n 's/^ *Candidate: *//p')"
}

# v18.20.4 or 18.20.4+dfsg-1~deb12u3
node_is_new() {
    major=${1#v}
    major=${major%%.*}
    case $major in
        '' | *[!0-9]*) return 1 ;;
        *) [ "$major" -ge "$node_minimum" ] ;;
    esac
}
