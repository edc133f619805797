import type { Job } from "./types.js";

/** The one way in which this client fails, a caller's own abort aside. */
export class DecantError extends Error {
  override readonly name = "DecantError";

  /**
   * Stable, for programs: of the server's table (`insufficient_api_balance`, `private_content` …), or `unreachable`,
   * `unexpected_answer`, `job_cancelled`, `file_gone`, `wrong_length`, `file_exists`, `bad_signature`.
   */
  readonly code: string;

  /** The HTTP status; undefined where no answer came, and where a job failed after it was accepted. */
  readonly status: number | undefined;

  /** The same request may succeed later. The client has tried again by itself where that is safe. */
  readonly retryable: boolean;

  /** Seconds to wait before the next attempt, where the server says it. */
  readonly retryAfter: number | undefined;

  /** Finds the request in the server's log. */
  readonly traceId: string | undefined;

  /** Figures that apply, by wire name: `required_credits`, `max_duration`, `errors` … */
  readonly figures: Readonly<Record<string, unknown>>;

  /** The job that failed or was cancelled. */
  readonly job: Job | undefined;

  constructor(code: string, message: string, more: DecantErrorDetails = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.status = more.status;
    this.retryable = more.retryable ?? false;
    this.retryAfter = more.retryAfter;
    this.traceId = more.traceId;
    this.figures = more.figures ?? {};
    this.job = more.job;
  }
}

export interface DecantErrorDetails {
  status?: number | undefined;
  retryable?: boolean | undefined;
  retryAfter?: number | undefined;
  traceId?: string | undefined;
  figures?: Record<string, unknown> | undefined;
  job?: Job | undefined;
  cause?: unknown;
}

/** Reads a refusal (RFC 9457). */
export async function refusalOf(answer: Response): Promise<DecantError> {
  const { status } = answer;
  const retryAfter = secondsOf(answer.headers.get("retry-after"));
  let problem: Record<string, unknown>;
  try {
    problem = (await answer.json()) as Record<string, unknown>;
  } catch {
    // A proxy on the way answered, in words of its own: the status is all that it says.
    problem = {};
  }

  const { code, detail, retryable, trace_id, type: _type, title: _title, status: _status, ...figures } = problem;
  return typeof code === "string"
    ? new DecantError(code, String(detail), {
        status,
        retryAfter,
        retryable: retryable === true,
        traceId: typeof trace_id === "string" ? trace_id : undefined,
        figures,
      })
    : new DecantError("unexpected_answer", `${new URL(answer.url).pathname} answered ${status}, and not as a Decant server does.`, {
        status,
        retryAfter,
        retryable: status >= 500,
      });
}

function secondsOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  return Number.isFinite(seconds) ? seconds : Math.max(0, (Date.parse(header) - Date.now()) / 1000) || undefined;
}
