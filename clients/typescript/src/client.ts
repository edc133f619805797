import type { Accepted, DownloadWishes, Job, JobPage, JobQuery, MediaInfo, Transcript } from "./types.js";
import { Calls } from "./calls.js";
import { webCrypto } from "./crypto.js";
import { DecantError } from "./errors.js";
import { watch } from "./events.js";
import { headOf, partsOf, type FileHead, type Part } from "./fetching.js";
import { ensureFree, writeFile } from "./files.js";

const jobs = "video/video-download/jobs";

export interface DecantOptions {
  /** Address of the server, with or without `/api/v1`. */
  server: string | URL;
  /** An API key … */
  apiKey?: string;
  /** … or an access token, or what gives one for each call. */
  token?: string | (() => string | Promise<string>);
  /** Sends everything; the global one otherwise. */
  fetch?: typeof fetch;
}

export interface Signalled {
  /** Gives up. */
  signal?: AbortSignal;
}

export interface SubmitOptions extends Signalled {
  /** Name of the request: sent again, it finds its first job. Made up otherwise. */
  idempotencyKey?: string;
}

export interface Progress {
  /** The job as last seen. */
  job: Job;
  /** Bytes of the file that have arrived here; 0 while the server is at work. */
  bytesReceived: number;
}

export interface DownloadOptions extends SubmitOptions {
  /** Told whenever the job changes and bytes arrive. */
  onProgress?: (progress: Progress) => void;
  /** In Node: path of the file, or a directory to put it in. */
  path?: string;
  /** A file at `path` may be replaced. */
  replace?: boolean;
  /** Gets the bytes, and is closed. A file that changed on the way is then an error, since what is written stays written. */
  to?: WritableStream<Uint8Array>;
  /** Stop the job where `signal` gives up; true. */
  cancelJob?: boolean;
}

/** A file that has arrived whole. */
export interface Downloaded {
  job: Job;
  /** Bytes. */
  length: number;
  contentType: string | undefined;
  /** The server's name for it. */
  name: string;
  /** Path of the file, where it was written to one. */
  path?: string;
  /** The file itself, where it was written nowhere. */
  blob?: Blob;
}

/** A client of one Decant server, for as many calls at once as one likes. */
export class Decant {
  readonly #calls: Calls;

  constructor(options: DecantOptions) {
    const root = String(options.server).replace(/\/+$/, "").replace(/\/api\/v1$/i, "") + "/";
    const { apiKey, token } = options;
    this.#calls = new Calls(root, options.fetch ?? ((input, init) => fetch(input, init)), async () => {
      if (apiKey !== undefined) return { "x-api-key": apiKey };
      if (token === undefined) return {};
      return { authorization: `Bearer ${typeof token === "function" ? await token() : token}` };
    });
  }

  /** Looks a URL up; nothing is fetched, and nothing charged. */
  info(url: string, options: Signalled & { includeFormats?: boolean } = {}): Promise<MediaInfo> {
    const body = { url, include_formats: options.includeFormats ?? false };
    return this.#calls.json("video/info", { method: "POST", body, signal: options.signal });
  }

  /** What is said in a medium, from its subtitles; free. */
  transcript(url: string, options: Signalled & { language?: string } = {}): Promise<Transcript> {
    return this.#calls.json("video/transcript", { query: { url, language: options.language }, signal: options.signal });
  }

  /** Queues a download, once however often it has to be sent. */
  async submit(url: string, wishes: DownloadWishes = {}, options: SubmitOptions = {}): Promise<Accepted> {
    return this.#calls.json("video/download", {
      method: "POST",
      body: { ...wishes, url },
      headers: { "idempotency-key": options.idempotencyKey ?? (await webCrypto()).randomUUID() },
      signal: options.signal,
    });
  }

  /** The job whenever it changes; the last one has ended. By the server's events, or by asking where those do not come through. */
  watch(id: number, options: Signalled = {}): AsyncGenerator<Job, void, undefined> {
    return watch(this.#calls, id, options.signal);
  }

  job(id: number, options: Signalled = {}): Promise<Job> {
    return this.#calls.json(`${jobs}/${id}`, { signal: options.signal });
  }

  /** The caller's jobs, page by page. */
  jobs(query: JobQuery = {}, options: Signalled = {}): Promise<JobPage> {
    return this.#calls.json(jobs, { query, signal: options.signal });
  }

  /** Stops a job, which then costs nothing; a live recording is closed and kept. */
  cancel(id: number, options: Signalled = {}): Promise<Job> {
    return this.#calls.json(`${jobs}/${id}/cancel`, { method: "POST", signal: options.signal });
  }

  /** Downloads a URL to a file: queues the job, follows it, fetches the file with resume and verifies its length. */
  async download(url: string, wishes: DownloadWishes = {}, options: DownloadOptions = {}): Promise<Downloaded> {
    if (/[,-]/.test(wishes.playlist_items ?? "")) {
      throw new TypeError(`'${wishes.playlist_items}' picks several entries, and this brings one file: submit them, and fetch each.`);
    }

    if (options.path !== undefined) await ensureFree(options.path, options.replace ?? false);
    let { job } = await this.submit(url, { playlist_items: "1", ...wishes }, options);
    try {
      for await (job of this.watch(job.id, options)) options.onProgress?.({ job, bytesReceived: 0 });
    } catch (failure) {
      if (options.signal?.aborted && (options.cancelJob ?? true)) await this.#stop(job.id);
      throw failure;
    }

    if (job.status !== "COMPLETED") throw failureOf(job);
    return this.fetch(job, options);
  }

  /** Fetches the file of a completed job. */
  async fetch(job: Job, options: Omit<DownloadOptions, "idempotencyKey" | "cancelJob"> = {}): Promise<Downloaded> {
    const { signal } = options;
    const freshLink = () => this.#linkOf(job.id, signal);
    const head = await headOf(this.#calls, job, freshLink, signal);
    const counted = count(partsOf(this.#calls, head, freshLink, signal), (bytesReceived) =>
      options.onProgress?.({ job, bytesReceived }),
    );
    const written = await write(head, counted.parts, options);
    const length = counted.length();
    if (length !== (job.file_size ?? length)) {
      throw new DecantError("wrong_length", `The file of job ${job.id} has ${length} bytes, and ${job.file_size} were announced.`, { job });
    }

    return { job, length, contentType: head.contentType, name: head.name, ...written };
  }

  /** Any other call of the API, with the same retries: `decant.call("GET", "api-wallet/balance")`. */
  call<T>(method: string, path: string, body?: unknown, options: SubmitOptions = {}): Promise<T> {
    const headers: Record<string, string> =
      options.idempotencyKey === undefined ? {} : { "idempotency-key": options.idempotencyKey };
    return this.#calls.json(path.replace(/^\/+/, ""), { method, body, headers, signal: options.signal });
  }

  /** A pair of tokens: `access_token` for `new Decant({ token })`, `refresh_token` for the next pair. Tried once: it is counted. */
  signIn(username: string, password: string): Promise<{ access_token: string; refresh_token: string; expires_in: number }> {
    return this.#calls.form("auth/token", { username, password });
  }

  async #linkOf(id: number, signal?: AbortSignal): Promise<string> {
    const job = await this.job(id, signal ? { signal } : {});
    if (!job.download_url) throw new DecantError("file_gone", `Job ${id} has no file, or none any more.`, { job });
    return job.download_url;
  }

  async #stop(id: number): Promise<void> {
    // It may have ended meanwhile, or the server is out of reach: that the caller has given up is all there is to say.
    await this.cancel(id, { signal: AbortSignal.timeout(30_000) }).catch(() => undefined);
  }
}

async function write(head: FileHead, parts: AsyncIterable<Part>, options: DownloadOptions): Promise<{ path?: string; blob?: Blob }> {
  if (options.path !== undefined) {
    return { path: await writeFile(options.path, head, options.replace ?? false, parts) };
  }

  if (options.to) {
    const writer = options.to.getWriter();
    try {
      for await (const { bytes, restart } of parts) {
        if (restart) throw new DecantError("file_gone", "The file has changed while it was fetched.");
        await writer.write(bytes);
      }

      await writer.close();
    } catch (failure) {
      await writer.abort(failure).catch(() => undefined);
      throw failure;
    }

    return {};
  }

  let all: BlobPart[] = [];
  for await (const { bytes, restart } of parts) {
    if (restart) all = [];
    all.push(bytes as Uint8Array<ArrayBuffer>);
  }

  return { blob: new Blob(all, head.contentType === undefined ? {} : { type: head.contentType }) };
}

function count(parts: AsyncIterable<Part>, tell: (bytes: number) => void) {
  let length = 0;
  async function* counting(): AsyncGenerator<Part, void, undefined> {
    for await (const part of parts) {
      length = (part.restart ? 0 : length) + part.bytes.length;
      yield part;
      tell(length);
    }
  }

  return { parts: counting(), length: () => length };
}

function failureOf(job: Job): DecantError {
  return job.status === "FAILED" && job.error
    ? new DecantError(job.error.code, job.error.message, { job })
    : new DecantError("job_cancelled", `Job ${job.id} was cancelled before anything was delivered.`, { job });
}
