/** A refusal in the words of the server's problem documents (RFC 9457), or `unreachable` where no server answered. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    readonly retryable: boolean,
    /** Seconds after which to try again, where the server says so. */
    readonly retryAfter: number | undefined,
    /** The figures that apply (`required_credits`, `max_bytes` …), and `errors` by field. */
    readonly figures: Readonly<Record<string, unknown>>,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  static async of(response: Response): Promise<ApiError> {
    const problem = await readProblem(response);
    const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
    return new ApiError(
      text(problem['code']) ?? `http_${response.status}`,
      response.status,
      text(problem['detail']) ?? text(problem['title']) ?? response.statusText,
      problem['retryable'] === true,
      Number.isFinite(retryAfter) ? retryAfter : undefined,
      problem,
    );
  }

  static unreachable(cause: unknown): ApiError {
    const error = new ApiError('unreachable', 0, 'The server cannot be reached.', true, undefined, {});
    error.cause = cause;
    return error;
  }

  /** What is wrong with one field of the request, where that is why it was refused. */
  fieldError(field: string): string | undefined {
    const errors = this.figures['errors'];
    if (typeof errors !== 'object' || errors === null) return undefined;
    const found = (errors as Record<string, unknown>)[field];
    return Array.isArray(found) ? text(found[0]) : text(found);
  }
}

async function readProblem(response: Response): Promise<Record<string, unknown>> {
  if (!response.headers.get('Content-Type')?.includes('json')) return {};
  const parsed: unknown = await response.json().catch(() => undefined);
  return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
