# `./decant package`: what is installed on machines without an SDK: decant_VERSION_amd64.deb and decant-VERSION-linux-x64.tar.gz,
# in artifacts/package. Both hold the program with its runtime, the page, yt-dlp and deno; ffmpeg and Python are Debian's.
# Sourced by `decant`.

package_dir=$root/artifacts/package

run_package() {
    [ "$#" = 0 ] || die 2 "package takes no arguments, and got '$*'"
    [ "$(uname -m)" = x86_64 ] || die 2 "packages are made on x86_64, and this machine is $(uname -m)"
    command -v dpkg-deb >/dev/null || die 3 "this machine lacks dpkg-deb, which Debian's package dpkg has"
    # Links machine code, of which a package's get and info are.
    linker=
    has_linker || linker=gcc
    need_machine $linker
    need_dotnet
    need_javascript
    build_web
    [ -f "$web_dir/index.html" ] || die 3 "a package without the page is none; what stopped its build stands above"

    version=$(sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' "$root/Directory.Build.props")
    tree=$package_dir/tree
    rm -rf "$package_dir"
    mkdir -p "$package_dir"
    say "compiling the program with its runtime (two minutes) ..."
    publish_whole >"$package_dir/build.log" 2>&1 || {
        grep -E 'error|warning' "$package_dir/build.log" | sort -u >&2
        die 1 "the build failed; all of it is in $package_dir/build.log"
    }
    gather_program
    make_tarball
    make_deb
    rm -rf "$tree"
    say "made these:"
    ls -1 "$package_dir"/*.deb "$package_dir"/*.tar.gz
}

publish_whole() {
    run_dotnet publish "$root/src/Cli" -r linux-x64 --self-contained -p:PublishReadyToRun=true -o "$tree/usr/lib/decant" &&
        compile_native && begin_in_machine_code "$tree/usr/lib/decant"
}

# Beside the program, where it looks by itself.
gather_program() {
    program=$tree/usr/lib/decant
    find "$program" -name '*.pdb' -delete
    [ -f "$program/forkserver.so" ] && [ -f "$program/decant-run" ] ||
        die 3 "the sandbox was not compiled: install tcc and libc6-dev, then run ./decant package again"
    cp -R "$web_dir" "$program/web"
    rm -f "$program/web/.built"
    if [ -f "$javascript_dir/.ready" ]; then
        mkdir "$program/javascript"
        # The one program of the npm package, and what deno fetched for the solver.
        cp -L "$javascript_dir/deno" "$program/javascript/deno"
        [ ! -d "$javascript_dir/cache" ] || cp -R "$javascript_dir/cache" "$program/javascript/cache"
        [ ! -f "$javascript_dir/registry" ] || cp "$javascript_dir/registry" "$program/javascript/registry"
    else
        say "without deno: YouTube will offer fewer formats"
    fi
    gather_extractor
    cp "$root/LICENSE" "$root/CHANGELOG.md" "$program/"
    # Builders' umasks differ; what is installed is for everybody to read.
    chmod -R u=rwX,go=rX "$tree"
}

# The extractor of this machine, which is pure Python: Debian's own is too old on 12 and 13.
gather_extractor() {
    mkdir "$program/extractor"
    (cd "$(dirname -- "$(dirname -- "$ytdlp_file")")" && cp -R yt_dlp "$program/extractor/" &&
        for solver in yt_dlp_ejs; do [ ! -d "$solver" ] || cp -R "$solver" "$program/extractor/"; done)
    find "$program/extractor" -name __pycache__ -prune -exec rm -rf {} +
    say "with yt-dlp $ytdlp_version"
}

make_tarball() {
    name=decant-$version-linux-x64
    tar -C "$tree/usr/lib" --transform "s|^decant|$name|" --owner=0 --group=0 -czf "$package_dir/$name.tar.gz" decant
}

make_deb() {
    sources=$root/ops/debian
    mkdir -p "$tree/DEBIAN" "$tree/usr/bin" "$tree/usr/lib/systemd/system" "$tree/usr/share/doc/decant" "$tree/etc/decant"
    ln -s ../lib/decant/decant "$tree/usr/bin/decant"
    cp "$sources/decant.service" "$tree/usr/lib/systemd/system/"
    cp "$sources/decant.env" "$tree/etc/decant/"
    cp "$root/LICENSE" "$tree/usr/share/doc/decant/copyright"
    cp "$root/docs/operations.md" "$tree/usr/share/doc/decant/"
    echo /etc/decant/decant.env >"$tree/DEBIAN/conffiles"
    cp "$sources/postinst" "$sources/prerm" "$sources/postrm" "$tree/DEBIAN/"
    sed "s/@VERSION@/$version/; s/@SIZE@/$(du -sk "$tree" | cut -f 1)/" "$sources/control" >"$tree/DEBIAN/control"
    chmod 755 "$tree/DEBIAN/postinst" "$tree/DEBIAN/prerm" "$tree/DEBIAN/postrm"
    chmod 644 "$tree/DEBIAN/control" "$tree/DEBIAN/conffiles" "$tree/etc/decant/decant.env"
    dpkg-deb --root-owner-group -Zzstd -z 12 --build "$tree" "$package_dir/decant_${version}_amd64.deb" >&2
}
