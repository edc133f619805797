# `./decant lab [--serve]`: the emulated internet, alone or with a server that lives in it. Sourced by `decant`.

# The one whose media the lab makes before it says that it is ready.
lab_example='https://www.youtube.com/watch?v=jNQXAC9IVRw'

run_lab() {
    if [ "${1:-}" = --serve ]; then
        shift
        serve_in_lab "$@"
    else
        need_machine
        need_dotnet
        build_lab
        exec "$lab_dir/decant-lab" "$@"
    fi
}

serve_in_lab() {
    need_machine
    need_dotnet
    build_web &
    web=$!
    need_javascript
    build_lab
    build_program
    wait "$web" || :
    export Web__Folder="${Web__Folder:-$web_dir}"

    rooms=$(mktemp -d)
    lab= server=
    trap 'stop_both' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP

    say "starting the lab (the first time it makes its media, which takes a while) ..."
    "$lab_dir/decant-lab" --ready-file "$rooms/ready.json" >"$rooms/lab.log" 2>&1 &
    lab=$!
    until [ -s "$rooms/ready.json" ]; do
        kill -0 "$lab" 2>/dev/null || { cat "$rooms/lab.log" >&2; die 1 "the lab did not start"; }
        sleep 0.1
    done

    proxy=$(ready proxy)
    ca_file=$(ready ca_file)
    cat >&2 <<END
decant: the lab stands in for the internet; nothing that is fetched now leaves this machine.
decant: the server's own example works in it, and so does, in another terminal:
    ./decant get --proxy $proxy --ca-file '$ca_file' '$lab_example'
END
    Egress__Proxy=$proxy Egress__CaFile=$ca_file Egress__AllowedNetworks__0=127.0.0.0/8 \
        "$program_dir/decant" serve "$@" &
    server=$!
    wait "$server"
}

# ready NAME: one of the strings in the JSON object that the lab writes when it listens.
ready() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p" "$rooms/ready.json" | head -n 1; }

# The server first, so that what it is fetching does not fail for the lab's going.
stop_both() {
    trap - EXIT
    trap '' INT TERM HUP
    for child in $server $lab; do
        kill -TERM "$child" 2>/dev/null && wait "$child" || :
    done
    rm -rf "$rooms"
}
