# The npm packages of the tests: a linter of the OpenAPI document and what makes a client of it, and Lighthouse. Sourced by `decant`.

# The linter's own minimum, and what Debian 12 has.
node_minimum=18

# need_npm_packages: installs what the lock files pin, from the registry that the machine's npm is set to. Where node or npm
# cannot be had it says so and goes on: the tests that want them are then skipped, with the reason.
need_npm_packages() {
    need_packages_of tests/OpenApi "the OpenAPI document is neither linted nor made a client of"
    need_packages_of bench/page "Lighthouse judges nothing"
}

# need_packages_of FOLDER WITHOUT: WITHOUT says what is left out where they cannot be had.
need_packages_of() {
    npm_folder=$root/$1
    # npm writes this file last.
    installed=$npm_folder/node_modules/.package-lock.json
    [ ! -f "$installed" ] || [ "$installed" -ot "$npm_folder/package-lock.json" ] || return 0

    if ! has_node && [ "$(id -u)" = 0 ] && debian_has_node; then install_packages nodejs npm; fi
    if ! has_node; then
        say "$2: that wants node $node_minimum or newer, with npm"
        return 0
    fi

    say "installing the npm packages of $1 ..."
    (cd "$npm_folder" && npm ci --ignore-scripts --loglevel=error >&2) || say "$2: npm's own words are above"
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
