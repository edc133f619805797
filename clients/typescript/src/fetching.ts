import type { Calls } from "./calls.js";
import type { Job } from "./types.js";
import { DecantError, refusalOf } from "./errors.js";
import { Listening } from "./listening.js";
import { asDecantError, pause, retrying, usualWait } from "./retry.js";

/** Attempts in a row that bring nothing. */
const attempts = 5;

/** Milliseconds without a byte, after which a connection is given up. */
const silence = 30_000;

/** What is known of a file before its bytes come. */
export interface FileHead {
  length: number | undefined;
  /** Names exactly these bytes; undefined where there is no strong one, and then nothing is resumed. */
  tag: string | undefined;
  name: string;
  contentType: string | undefined;
}

/** A part of a file. `restart` says that the file has changed, and begins anew with these bytes. */
export interface Part {
  bytes: Uint8Array;
  restart: boolean;
}

export async function headOf(calls: Calls, job: Job, freshLink: () => Promise<string>, signal?: AbortSignal): Promise<FileHead> {
  return retrying(async () => {
    const answer = await calls.follow(await freshLink(), withSignal({ method: "HEAD" }, signal));
    if (answer.status !== 200) throw await refusalOf(answer);
    return readHead(answer, `video_${job.id}.${job.format}`);
  }, signal);
}

/** The bytes of a file: gone on with where a connection broke off, begun anew where the file is another one. */
export async function* partsOf(
  calls: Calls,
  head: FileHead,
  freshLink: () => Promise<string>,
  signal?: AbortSignal,
): AsyncGenerator<Part, void, undefined> {
  let received = 0;
  let fruitless = 0;
  for (;;) {
    const before = received;
    try {
      for await (const part of restOf(calls, head, received, freshLink, signal)) {
        if (part.head) head = part.head;
        if (part.restart) received = 0;
        received += part.bytes.length;
        yield part;
      }

      if (received === (head.length ?? received)) return;
      throw new DecantError("unreachable", `It ended after ${received} of ${head.length} bytes.`, { retryable: true });
    } catch (failure) {
      signal?.throwIfAborted();
      const error = asDecantError(failure);
      fruitless = received > before ? 1 : fruitless + 1;
      if (!error.retryable || fruitless === attempts) throw error;
      await pause(error.retryAfter ?? usualWait(fruitless), signal);
    }
  }
}

async function* restOf(
  calls: Calls,
  head: FileHead,
  received: number,
  freshLink: () => Promise<string>,
  signal?: AbortSignal,
): AsyncGenerator<Part & { head?: FileHead }, void, undefined> {
  const from = head.tag === undefined ? 0 : received;
  if (from > 0 && from === head.length) return;

  const listening = new Listening(silence, signal);
  try {
    const headers: Record<string, string> =
      from > 0 && head.tag !== undefined ? { range: `bytes=${from}-`, "if-range": head.tag } : {};
    const answer = await calls.follow(await freshLink(), { headers, signal: listening.signal });
    const goesOn = answer.status === 206 && answer.headers.get("content-range")?.startsWith(`bytes ${from}-`);
    if (answer.status !== 200 && !goesOn) throw await refusalOf(answer);
    if (!answer.body) throw new DecantError("unexpected_answer", "The file has no body.");

    let restart = !goesOn && received > 0;
    const fresh = readHead(answer, head.name);
    for await (const bytes of listening.bytesOf(answer.body)) {
      yield { bytes, restart, head: fresh };
      restart = false;
    }
  } finally {
    listening.end();
  }
}

function readHead(answer: Response, otherwise: string): FileHead {
  const whole = answer.headers.get("content-range")?.split("/")[1] ?? answer.headers.get("content-length");
  const tag = answer.headers.get("etag");
  return {
    length: whole ? Number(whole) : undefined,
    tag: tag && !tag.startsWith("W/") ? tag : undefined,
    name: nameOf(answer.headers.get("content-disposition")) ?? otherwise,
    contentType: answer.headers.get("content-type")?.split(";")[0],
  };
}

/** A name and never a path, whatever was answered. */
function nameOf(disposition: string | null): string | undefined {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "")?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(disposition ?? "")?.[1];
  const name = (encoded ? decodeURIComponent(encoded) : plain)?.split(/[/\\]/).pop()?.trim();
  return !name || name === "." || name === ".." ? undefined : name.replace(/[<>:"|?*\u0000-\u001f\u007f]/g, "_");
}

function withSignal(request: RequestInit, signal?: AbortSignal): RequestInit {
  return signal ? { ...request, signal } : request;
}
