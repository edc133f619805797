import { DecantError } from "./errors.js";

const attempts = 4;

/** The longest `Retry-After` (seconds) that is waited for; a longer one is thrown to the caller. */
const longestWait = 60;

/** Tries again what may come twice: what failed below HTTP, and what the server asks to be tried later. */
export async function retrying<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (failure) {
      signal?.throwIfAborted();
      const error = asDecantError(failure);
      const wait = error.retryAfter ?? usualWait(attempt);
      if (attempt === attempts || !isForUs(error) || wait > longestWait) throw error;
      await pause(wait, signal);
    }
  }
}

/** 0.5, 1, 2 … seconds, 10 at most. */
export function usualWait(attempt: number): number {
  return Math.min(10, 0.25 * 2 ** attempt);
}

export function asDecantError(failure: unknown): DecantError {
  return failure instanceof DecantError
    ? failure
    : new DecantError("unreachable", `The server does not answer: ${failure instanceof Error ? failure.message : failure}`, {
        retryable: true,
        cause: failure,
      });
}

export function pause(seconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, seconds * 1000);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}

/** Failures of the source are not tried again here: the server has done that itself. */
function isForUs(error: DecantError): boolean {
  if (error.code === "unreachable") return true;
  return (
    error.retryable &&
    error.status !== undefined &&
    [409, 429, 500, 502, 503, 504].includes(error.status) &&
    error.code !== "not_started" &&
    !error.code.startsWith("source_")
  );
}
