import { DecantError, refusalOf } from "./errors.js";
import { retrying } from "./retry.js";

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Call {
  method?: string;
  query?: Query;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

/** Calls of the API with the credential. */
export class Calls {
  readonly #root: string;
  readonly #fetch: typeof fetch;
  readonly #credential: () => Promise<Record<string, string>>;

  constructor(root: string, send: typeof fetch, credential: () => Promise<Record<string, string>>) {
    this.#root = root;
    this.#fetch = send;
    this.#credential = credential;
  }

  /** Sends a call, and again where that is of use. Only for what may come twice. */
  json<T>(path: string, call: Call = {}): Promise<T> {
    return retrying(async () => {
      const answer = await this.open(path, call);
      if (answer.status !== 200) throw await refusalOf(answer);
      try {
        return (await answer.json()) as T;
      } catch (cause) {
        throw new DecantError("unexpected_answer", `${path} did not answer with JSON.`, { status: answer.status, cause });
      }
    }, call.signal);
  }

  /** Sends a call, once. */
  async open(path: string, call: Call = {}): Promise<Response> {
    const url = new URL(`api/v1/${path}`, this.#root);
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value !== undefined && value !== null) url.searchParams.set(name, String(value));
    }

    const headers: Record<string, string> = { ...(await this.#credential()), ...call.headers };
    const request: RequestInit = { method: call.method ?? "GET", headers };
    if (call.body !== undefined) {
      headers["content-type"] = "application/json";
      request.body = JSON.stringify(call.body);
    }

    if (call.signal) request.signal = call.signal;
    return this.#fetch(url, request);
  }

  /** Sends a form, once, without a credential. */
  async form<T>(path: string, form: Record<string, string>): Promise<T> {
    const answer = await this.#fetch(new URL(`api/v1/${path}`, this.#root), {
      method: "POST",
      body: new URLSearchParams(form),
    });
    if (answer.status !== 200) throw await refusalOf(answer);
    return (await answer.json()) as T;
  }

  /** Follows a signed link, which needs no credential and is shown none. */
  follow(link: string, request: RequestInit): Promise<Response> {
    return this.#fetch(link, request);
  }
}
