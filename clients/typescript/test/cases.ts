// What the client does with a real server in the lab. Prints {case: "ok" or what went wrong}; the C# test reports each.
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Decant, DecantError, verifyWebhook } from "decant-client";

const { server, relay, key, origin, webhook } = JSON.parse(await readFile(process.argv[2]!, "utf8")) as {
  server: string;
  relay: string;
  key: string;
  origin: string;
  webhook: { secret: string; headers: Record<string, string>; body: string };
};
const decant = new Decant({ server: `${server}/api/v1/`, apiKey: key });
const folder = await mkdtemp(join(tmpdir(), "decant-ts-"));

function equal(one: unknown, other: unknown, what = ""): void {
  if (one !== other) throw new Error(`${what} ${String(one)} is not ${String(other)}`);
}

function isTrue(value: unknown, what: string): asserts value {
  if (!value) throw new Error(`not true: ${what}`);
}

async function refused(call: () => Promise<unknown>): Promise<DecantError> {
  try {
    await call();
  } catch (failure) {
    if (failure instanceof DecantError) return failure;
    throw failure;
  }
  throw new Error("It was not refused.");
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const bytesOf = async (link: string) => Buffer.from(await (await fetch(link)).arrayBuffer());

const cases: Record<string, () => Promise<void>> = {
  async One_call_brings_the_whole_file_and_tells_how_far_it_is() {
    const told: number[] = [];
    const received: number[] = [];
    const path = join(folder, "one.mp4");
    const file = await decant.download(`${origin}media/small.mp4?ts-one`, { format: "mp4" }, {
      path,
      onProgress: ({ job, bytesReceived }) => {
        told.push(job.progress);
        received.push(bytesReceived);
      },
    });
    equal(file.path, path);
    isTrue((await readFile(path)).equals(await bytesOf(file.job.download_url!)), "the same bytes");
    equal(file.length, file.job.file_size);
    equal(file.contentType, "video/mp4");
    equal(received.at(-1), file.length, "received");
    isTrue(told.every((now, at) => at === 0 || now >= told[at - 1]!), "progress never falls");
    isTrue((await readdir(folder)).every((name) => !name.endsWith(".part")), "no part is left");
  },

  async A_directory_gets_the_servers_name_and_a_blob_needs_no_disk() {
    const wishes = { format: "mp3", output_filename: "my song" };
    const file = await decant.download(`${origin}media/small.mp4?ts-name`, wishes, { path: folder });
    equal(file.path, join(folder, "my song.mp3"));
    const { blob } = await decant.fetch(file.job);
    equal(blob?.size, file.length);
    equal(blob?.type, "audio/mpeg");
    const parts: Uint8Array[] = [];
    const to = new WritableStream<Uint8Array>({ write: (part) => void parts.push(part) });
    await decant.fetch(file.job, { to });
    isTrue(Buffer.concat(parts).equals(await readFile(file.path!)), "the stream has the same bytes");
  },

  async A_connection_that_is_cut_is_gone_on_with_where_it_stopped() {
    const cut = new Decant({ server: relay, apiKey: key });
    const received: number[] = [];
    const path = join(folder, "cut.mp4");
    const file = await cut.download(`${origin}media/small.mp4?ts-cut`, {}, {
      path,
      onProgress: ({ bytesReceived }) => received.push(bytesReceived),
    });
    isTrue((await readFile(path)).equals(await bytesOf(file.job.download_url!)), "the same bytes");
    isTrue(received.every((now, at) => at === 0 || now >= received[at - 1]!), "not a byte twice");
  },

  async A_file_that_is_there_is_replaced_only_where_that_is_said() {
    const path = join(folder, "there.mp3");
    await writeFile(path, "mine");
    const before = (await decant.jobs()).total;
    const url = `${origin}media/small.mp4?ts-there`;
    equal((await refused(() => decant.download(url, { format: "mp3" }, { path }))).code, "file_exists");
    equal((await decant.jobs()).total, before, "nothing was asked for:");
    await decant.download(url, { format: "mp3" }, { path, replace: true });
    isTrue((await stat(path)).size > 1000, "it was replaced");
  },

  async A_request_of_ones_own_name_finds_its_job_again() {
    const url = `${origin}media/small.mp4?ts-named`;
    const options = { idempotencyKey: "ts-named-1" };
    const one = await decant.submit(url, { format: "mp3" }, options);
    const other = await decant.submit(url, { format: "mp3" }, options);
    equal(one.job.id, other.job.id);
    const conflict = await refused(() => decant.submit(url, { format: "wav" }, options));
    equal(conflict.code, "idempotency_conflict");
    equal(conflict.status, 409);
  },

  async A_job_that_fails_says_why_and_a_refusal_has_its_figures() {
    const failed = await refused(() => decant.download(`${origin}media/missing.mp4`));
    isTrue(failed.code.length > 0 && failed.message.length > 0, "a code and a message");
    const invalid = await refused(() => decant.submit("https://example.com/a", { format: "mp5" }));
    equal(invalid.code, "unknown_format");
    equal(invalid.status, 400);
    isTrue("format" in (invalid.figures.errors as object), "the field is named");
    isTrue(invalid.traceId, "a trace id");
    const missing = await refused(() => decant.job(987654321));
    equal(missing.code, "not_found");
  },

  async Who_gives_up_stops_the_job() {
    const giveUp = new AbortController();
    let id = 0;
    const call = decant.download(`${origin}paced/10000/0/media/small.mp4?ts-stop`, {}, {
      signal: giveUp.signal,
      onProgress: ({ job }) => {
        id = job.id;
        if (job.stage !== "downloading") return;
        // In a turn of its own, in which nothing holds the request any more: Node forgets its signal with it.
        setTimeout(() => {
          collectGarbage();
          giveUp.abort(new Error("enough"));
        }, 200);
      },
    });
    const failure: unknown = await call.then(() => undefined, (reason: unknown) => reason);
    equal((failure as Error | undefined)?.message, "enough");
    equal((await decant.job(id)).status, "CANCELLED");
  },

  async A_server_that_asks_for_patience_gets_it() {
    let asked = 0;
    const began = Date.now();
    const patient = new Decant({
      server,
      apiKey: key,
      fetch: async (input, init) =>
        ++asked === 1
          ? new Response('{"code":"rate_limited","detail":"wait","retryable":true}', { status: 429, headers: { "retry-after": "1" } })
          : fetch(input, init),
    });
    isTrue((await patient.jobs({ limit: 1 })).items.length <= 1, "a page");
    equal(asked, 2);
    isTrue(Date.now() - began >= 900, "it waited");
    const impatient = new Decant({
      server,
      fetch: async () =>
        new Response('{"code":"overloaded","detail":"later","retryable":true}', { status: 503, headers: { "retry-after": "3600" } }),
    });
    const error = await refused(() => impatient.jobs());
    equal(error.retryAfter, 3600);
  },

  async Looking_up_and_reading_what_is_said() {
    const info = await decant.info("https://www.youtube.com/watch?v=subsclient0", { includeFormats: true });
    isTrue(info.formats && info.formats.length > 0, "formats");
    const said = await decant.transcript("https://www.youtube.com/watch?v=subsclient0", { language: "de" });
    equal(said.language, "de");
    isTrue(said.text.length > 10 && said.cues.length > 1, "text");
    const balance = await decant.call<{ balance_cents: number }>("GET", "api-wallet/balance");
    isTrue(balance.balance_cents >= 0, "any other call");
  },

  async A_webhook_is_believed_with_its_secret_and_nothing_else_is() {
    const { secret, headers, body } = webhook;
    equal((await verifyWebhook(secret, headers, body)).event_type, "webhook.test");
    equal((await verifyWebhook(secret, new Headers(headers), new TextEncoder().encode(body))).event_type, "webhook.test");
    const forged = () => verifyWebhook(secret, headers, `${body} `);
    equal((await refused(forged)).code, "bad_signature");
    const other = () => verifyWebhook(`whsec_${btoa("another secret of some length")}`, headers, body);
    equal((await refused(other)).code, "bad_signature");
    const late = () => verifyWebhook(secret, headers, body, { now: Date.now() / 1000 + 3600 });
    equal((await refused(late)).code, "bad_signature");
  },
};

const verdicts: Record<string, string> = {};
for (const [name, run] of Object.entries(cases)) {
  try {
    await run();
    verdicts[name] = "ok";
  } catch (failure) {
    verdicts[name] = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
  }
}

await rm(folder, { recursive: true });
console.log(JSON.stringify(verdicts));
