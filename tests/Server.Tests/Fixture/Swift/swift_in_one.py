"""OpenStack Swift with its S3 interface, whole in one process: proxy, account, container and object server on loopback.

    swift_in_one.py DIRECTORY [PORT]

Prints the port of the S3 interface once it serves, and ends when its standard input does.
"""

import os
import socket
import sys

import eventlet

eventlet.monkey_patch()

from eventlet import wsgi  # noqa: E402
from swift.common import storage_policy, utils  # noqa: E402
from swift.common.ring import RingBuilder  # noqa: E402
from swift.common.wsgi import loadapp  # noqa: E402

STORAGE = ("account", "container", "object")

SWIFT_CONF = """
[swift-hash]
swift_hash_path_suffix = lab
swift_hash_path_prefix = lab
[storage-policy:0]
name = one
default = yes
"""

# Usually a second: a container that is told later of an object is told by a service that is not here, so never.
PATIENCE = """conn_timeout = 60
node_timeout = 60
container_update_timeout = 60
"""

STORAGE_CONF = """
[DEFAULT]
swift_dir = {directory}
devices = {directory}/devices
mount_check = false
bind_ip = 127.0.0.1
bind_port = {port}
disable_fallocate = true
fsync = off
{patience}[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
log_level = ERROR
fallocate_reserve = 0
"""

PROXY_CONF = """
[DEFAULT]
swift_dir = {directory}
bind_ip = 127.0.0.1
bind_port = {port}
{patience}[pipeline:main]
pipeline = catch_errors gatekeeper listing_formats s3api tempauth copy slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
allow_account_management = true
log_level = ERROR
[filter:catch_errors]
use = egg:swift#catch_errors
log_level = ERROR
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
log_level = ERROR
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin .reseller_admin
log_level = ERROR
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
"""


class Forgetful:
    """A cache for tempauth, which insists on one, that keeps nothing: what one request changes the next one sees."""

    def get(self, *_args: object, **_options: object) -> None:
        return None

    set = delete = get_multi = set_multi = get

    def incr(self, _key: str, delta: int = 1, **_options: object) -> int:
        return delta

    decr = incr


def with_cache(app: object) -> object:
    cache = Forgetful()

    def answer(environ: dict, start_response: object) -> object:
        environ["swift.cache"] = cache
        return app(environ, start_response)

    return answer


def listen(port: int) -> socket.socket:
    listener = eventlet.listen(("127.0.0.1", port), backlog=512)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def write(path: str, text: str) -> None:
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def make_ring(directory: str, kind: str, port: int) -> None:
    builder = RingBuilder(part_power=4, replicas=1, min_part_hours=0)
    builder.add_dev({"region": 1, "zone": 1, "ip": "127.0.0.1", "port": port, "device": "disk", "weight": 1})
    builder.rebalance(seed=1)
    builder.get_ring().save(os.path.join(directory, f"{kind}.ring.gz"))


def serve(app: object, listener: socket.socket) -> None:
    with open(os.devnull, "w", encoding="utf-8") as silence:
        wsgi.server(listener, app, log=silence, log_output=False, keepalive=True, custom_pool=eventlet.GreenPool(1024))


def main(directory: str, port: int) -> None:
    os.makedirs(os.path.join(directory, "devices", "disk"), exist_ok=True)
    write(os.path.join(directory, "swift.conf"), SWIFT_CONF)
    utils.SWIFT_CONF_FILE = os.path.join(directory, "swift.conf")
    utils.HASH_PATH_SUFFIX = utils.HASH_PATH_PREFIX = b""
    storage_policy.reload_storage_policies()

    # Written before any of them is loaded: each reads the others' rings.
    listeners = {kind: listen(0) for kind in STORAGE}
    for kind, listener in listeners.items():
        own = listener.getsockname()[1]
        make_ring(directory, kind, own)
        write(os.path.join(directory, f"{kind}.conf"), STORAGE_CONF.format(directory=directory, kind=kind, port=own, patience=PATIENCE))
    listeners["proxy"] = listen(port)
    port = listeners["proxy"].getsockname()[1]
    write(os.path.join(directory, "proxy.conf"), PROXY_CONF.format(directory=directory, port=port, patience=PATIENCE))

    apps = {name: loadapp(os.path.join(directory, f"{name}.conf")) for name in listeners}
    apps["proxy"] = with_cache(apps["proxy"])
    for name, listener in listeners.items():
        eventlet.spawn(serve, apps[name], listener)
    eventlet.sleep(0)
    print(port, flush=True)
    eventlet.hubs.trampoline(sys.stdin, read=True)


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
