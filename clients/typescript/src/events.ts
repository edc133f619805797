import type { Calls } from "./calls.js";
import type { Job } from "./types.js";
import { Listening } from "./listening.js";
import { pause } from "./retry.js";

const jobs = "video/video-download/jobs";

/** Streams that break off before the job is asked for instead. */
const mostBreaks = 3;

/** Seconds between questions, where events do not come through. */
const askEvery = 2;

/** Milliseconds. The server says something every 15 s; a stream that something between holds back is worth nothing. */
const silence = 45_000;

/** The job whenever it has changed; the last one has ended. */
export async function* watch(calls: Calls, id: number, signal?: AbortSignal): AsyncGenerator<Job, void, undefined> {
  for (let breaks = 0; ; breaks++) {
    if (breaks < mostBreaks) {
      for await (const seen of eventsOf(calls, id, signal)) {
        yield seen;
        if (seen.status !== "PROCESSING") return;
      }
    }

    const job = await calls.json<Job>(`${jobs}/${id}`, { signal });
    yield job;
    if (job.status !== "PROCESSING") return;
    await pause(askEvery, signal);
  }
}

/** One stream of server-sent events, until it is over, broken or silent. */
async function* eventsOf(calls: Calls, id: number, signal?: AbortSignal): AsyncGenerator<Job, void, undefined> {
  const listening = new Listening(silence, signal);
  try {
    const answer = await calls.open(`${jobs}/${id}/events`, {
      headers: { accept: "text/event-stream" },
      signal: listening.signal,
    });
    if (answer.status !== 200 || !answer.body || !answer.headers.get("content-type")?.startsWith("text/event-stream")) {
      await answer.body?.cancel();
      return;
    }

    let rest = "";
    const text = new TextDecoder();
    for await (const bytes of listening.bytesOf(answer.body)) {
      const events = (rest + text.decode(bytes, { stream: true })).replaceAll("\r\n", "\n").split("\n\n");
      rest = events.pop() ?? "";
      for (const event of events) {
        const data = event
          .split("\n")
          .filter((line) => line.startsWith("data:"))
          .map((line) => line.slice(5).trimStart())
          .join("\n");
        // The last event of a credential that is good no more has no data; the next question is refused, and says why.
        if (data !== "" && data !== "null") yield JSON.parse(data) as Job;
      }
    }
  } catch {
    // A stream that broke, of whichever kind: the job itself is asked next, and says what is wrong.
    signal?.throwIfAborted();
  } finally {
    listening.end();
  }
}
