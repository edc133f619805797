"""What the client does with a real server in the lab. Prints {case: "ok" or what went wrong}; the C# test reports each."""

import asyncio
import atexit
import io
import json
import shutil
import sys
import tempfile
import threading
import time
import traceback
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))
from decant_client import Decant, DecantError, verify_webhook  # noqa: E402

with open(sys.argv[1], encoding="utf-8") as told:
    given = json.load(told)
origin, key = given["origin"], given["key"]
decant = Decant(given["server"] + "/api/v1/", api_key=key)
folder = Path(tempfile.mkdtemp(prefix="decant-py-"))
atexit.register(shutil.rmtree, folder)


def bytes_of(link):
    with urllib.request.urlopen(link) as answer:
        return answer.read()


def refused(call):
    try:
        call()
    except DecantError as error:
        return error
    raise AssertionError("It was not refused.")


def rises(values):
    return all(one <= other for one, other in zip(values, values[1:]))


class Answering:
    """A server that gives one answer before it hands on to the real one."""

    def __init__(self, status, headers, body):
        self.asked = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked += 1
                self.send_response(status if outer.asked == 1 else 200)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body if outer.asked == 1 else b'{"items": [], "total": 0}')

            def log_message(self, *_):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}"


def One_call_brings_the_whole_file_and_tells_how_far_it_is():
    told = []
    path = folder / "one.mp4"
    file = decant.download(f"{origin}media/small.mp4?py-one", path, progress=told.append, format="mp4")
    assert file.path == path and path.read_bytes() == bytes_of(file.job["download_url"])
    assert file.length == file.job["file_size"] and file.content_type == "video/mp4"
    assert told[-1].bytes_received == file.length
    assert rises([now.job["progress"] for now in told])
    assert not list(folder.glob("*.part"))


def A_directory_gets_the_servers_name_and_a_file_object_the_bytes():
    url = f"{origin}media/small.mp4?py-name"
    file = decant.download(url, folder, format="mp3", output_filename="my song")
    assert file.path == folder / "my song.mp3", file.path
    into = io.BytesIO()
    decant.fetch(file.job, into)
    assert into.getvalue() == file.path.read_bytes()


def A_connection_that_is_cut_is_gone_on_with_where_it_stopped():
    received = []
    path = folder / "cut.mp4"
    file = Decant(given["relay"], api_key=key).download(
        f"{origin}media/small.mp4?py-cut", path, progress=lambda now: received.append(now.bytes_received)
    )
    assert path.read_bytes() == bytes_of(file.job["download_url"])
    assert rises(received), "not a byte twice"


def A_file_that_is_there_is_replaced_only_where_that_is_said():
    path = folder / "there.mp3"
    path.write_text("mine")
    before = decant.jobs()["total"]
    url = f"{origin}media/small.mp4?py-there"
    assert refused(lambda: decant.download(url, path, format="mp3")).code == "file_exists"
    assert decant.jobs()["total"] == before, "nothing was asked for"
    decant.download(url, path, format="mp3", replace=True)
    assert path.stat().st_size > 1000


def A_request_of_ones_own_name_finds_its_job_again():
    url = f"{origin}media/small.mp4?py-named"
    one = decant.submit(url, format="mp3", idempotency_key="py-named-1")
    other = decant.submit(url, format="mp3", idempotency_key="py-named-1")
    assert one["job"]["id"] == other["job"]["id"]
    conflict = refused(lambda: decant.submit(url, format="wav", idempotency_key="py-named-1"))
    assert (conflict.code, conflict.status) == ("idempotency_conflict", 409)


def A_job_that_fails_says_why_and_a_refusal_has_its_figures():
    failed = refused(lambda: decant.download(f"{origin}media/missing.mp4", folder))
    assert failed.code and failed.message
    invalid = refused(lambda: decant.submit("https://example.com/a", format="mp5"))
    assert (invalid.code, invalid.status) == ("unknown_format", 400)
    assert "format" in invalid.figures["errors"] and invalid.trace_id
    assert refused(lambda: decant.job(987654321)).code == "not_found"


def Who_gives_up_stops_the_job():
    seen = {}

    def stop(now):
        seen.update(now.job)
        if now.job["stage"] == "downloading":
            raise KeyboardInterrupt

    try:
        decant.download(f"{origin}paced/10000/0/media/small.mp4?py-stop", folder / "never.mp4", progress=stop)
        raise AssertionError("It went on.")
    except KeyboardInterrupt:
        pass
    assert decant.job(seen["id"])["status"] == "CANCELLED"
    assert not (folder / "never.mp4").exists()


def A_server_that_asks_for_patience_gets_it():
    problem = b'{"code": "rate_limited", "detail": "wait", "retryable": true}'
    busy = Answering(429, {"Retry-After": "1"}, problem)
    began = time.monotonic()
    assert Decant(busy.address).jobs()["total"] == 0
    assert busy.asked == 2 and time.monotonic() - began >= 0.9
    full = Answering(503, {"Retry-After": "3600"}, problem)
    assert refused(Decant(full.address).jobs).retry_after == 3600


def Looking_up_and_reading_what_is_said():
    url = "https://www.youtube.com/watch?v=subsclient1"
    assert decant.info(url, include_formats=True)["formats"]
    said = decant.transcript(url, language="de")
    assert said["language"] == "de" and len(said["text"]) > 10 and len(said["cues"]) > 1
    assert decant.call("GET", "api-wallet/balance")["balance_cents"] >= 0


def Events_come_to_asyncio_too():
    async def follow():
        job = decant.submit(f"{origin}paced/400000/0/media/small.mp4?py-async", format="mkv")["job"]
        return [now async for now in decant.events(job["id"])]

    seen = asyncio.run(follow())
    assert seen[-1]["status"] == "COMPLETED" and len(seen) > 1
    assert rises([now["progress"] for now in seen])


def A_webhook_is_believed_with_its_secret_and_nothing_else_is():
    hook = given["webhook"]
    secret, headers, body = hook["secret"], hook["headers"], hook["body"]
    assert verify_webhook(secret, headers, body)["event_type"] == "webhook.test"
    assert verify_webhook(secret, headers, body.encode())["event_type"] == "webhook.test"
    for forged in (
        lambda: verify_webhook(secret, headers, body + " "),
        lambda: verify_webhook("whsec_YW5vdGhlciBzZWNyZXQ=", headers, body),
        lambda: verify_webhook(secret, headers, body, now=time.time() + 3600),
        lambda: verify_webhook(secret, {}, body),
    ):
        assert refused(forged).code == "bad_signature"


verdicts = {}
for name, case in list(globals().items()):
    if name[0].isupper() and name.count("_") > 2:
        try:
            case()
            verdicts[name] = "ok"
        except Exception:  # The verdict of a case, whatever it is: the host asserts on it.
            verdicts[name] = traceback.format_exc()
print(json.dumps(verdicts))
