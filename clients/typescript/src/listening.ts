/**
 * Patience with an answer whose body may take long: it ends with the caller's signal, and after a silence. The body is cancelled besides
 * the fetch being aborted, since Node may forget the signal of a fetch once its answer is there: https://github.com/nodejs/undici/issues/3644
 */
export class Listening {
  readonly #over = new AbortController();
  readonly #silence: number;
  readonly #outer: AbortSignal | undefined;
  readonly #stop = () => this.#over.abort(this.#outer?.reason);
  #alarm: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param silence milliseconds without a byte after which the answer is given up
   * @param signal the caller's
   */
  constructor(silence: number, signal?: AbortSignal) {
    this.#silence = silence;
    this.#outer = signal;
    signal?.addEventListener("abort", this.#stop, { once: true });
    this.#heard();
    // Whoever gave up before hears of it no more.
    if (signal?.aborted) this.#stop();
  }

  /** For the fetch. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /** The body's bytes as they come; throws where it was given up before its end. */
  async *bytesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    const reader = body.getReader();
    this.signal.addEventListener("abort", () => reader.cancel().catch(() => undefined), { once: true });
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      this.#heard();
      yield part.value;
    }
    // A body that is cancelled ends as one that is whole.
    this.signal.throwIfAborted();
  }

  /** Gives the answer up, if it has not ended. */
  end(): void {
    clearTimeout(this.#alarm);
    this.#outer?.removeEventListener("abort", this.#stop);
    this.#over.abort();
  }

  #heard(): void {
    clearTimeout(this.#alarm);
    this.#alarm = setTimeout(() => this.#over.abort(), this.#silence);
  }
}
