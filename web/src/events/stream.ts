import type { Job } from './types';

/** Of the event stream as the page shows it. `lost` while the server cannot be reached; it is asked again until it answers. */
export type StreamState = 'connecting' | 'open' | 'lost' | 'refused';

type Message = { kind: 'job'; job: Job } | { kind: 'seen'; id: string } | { kind: 'state'; state: StreamState } | { kind: 'ask' };

const path = '/api/v1/video/video-download/events';
const silenceBeforeLost = 40_000;
const firstRetry = 1_000;
const longestRetry = 15_000;

/**
 * The caller's jobs as they change, over one connection for all tabs of this browser: the tab that holds a Web Lock
 * has the connection and tells the others over a BroadcastChannel; when it closes, the next tab gets the lock.
 */
export class SharedStream {
  private readonly channel = new BroadcastChannel('decant-jobs');
  private readonly stop = new AbortController();
  private source: EventSource | undefined;
  private state: StreamState = 'connecting';
  private isLeader = false;
  private retry = firstRetry;
  /** Of the last event, which is the server's time; until there is one, when this page was opened. What ended since is told of again. */
  private seen = String(Date.now());
  /** Whoever has followed before, here or in another tab, may have missed something since. */
  private hasFollowed = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly onJob: (job: Job) => void,
    private readonly onState: (state: StreamState) => void,
  ) {
    this.channel.onmessage = (event: MessageEvent<Message>) => this.hear(event.data);
    this.channel.postMessage({ kind: 'ask' } satisfies Message);
    void this.lead();
  }

  close(): void {
    this.stop.abort();
    clearTimeout(this.timer);
    this.source?.close();
    this.channel.close();
  }

  /** Asks again, as when the page is shown again or the network is back: at once, or in a while where it was refused. */
  wake(): void {
    if (!this.isLeader) return;
    if (this.state === 'lost') this.connect();
    else if (this.state === 'refused') this.later();
  }

  private async lead(): Promise<void> {
    const hold = () =>
      new Promise<void>((release) => {
        this.isLeader = true;
        this.connect();
        this.stop.signal.addEventListener('abort', () => release());
      });
    // Without Web Locks (plain http on another host than localhost) every tab has a connection of its own.
    if (!('locks' in navigator)) return hold();
    await navigator.locks.request('decant-jobs', { signal: this.stop.signal }, hold).catch(() => undefined);
  }

  private connect(): void {
    clearTimeout(this.timer);
    this.source?.close();
    // A browser's own way of coming back, which knows the last id, tells nobody of a refusal and waits as long as it likes.
    const source = new EventSource(this.hasFollowed ? `${path}?last_event_id=${this.seen}` : path);
    this.hasFollowed = true;
    this.source = source;
    this.listen();
    source.onopen = () => {
      this.retry = firstRetry;
      this.listen();
      this.become('open');
    };
    source.addEventListener('job', (event) => {
      this.note(event as MessageEvent<string>);
      const job = JSON.parse((event as MessageEvent<string>).data) as Job;
      this.channel.postMessage({ kind: 'job', job } satisfies Message);
      this.onJob(job);
    });
    source.addEventListener('heartbeat', (event) => this.note(event as MessageEvent<string>));
    for (const refusal of ['key_revoked', 'unauthenticated', 'forbidden'])
      source.addEventListener(refusal, () => {
        source.close();
        clearTimeout(this.timer);
        this.become('refused');
      });
    source.onerror = () => this.lose();
  }

  /** Every tab remembers how far it has seen: any of them may be the next to follow. */
  private note(event: MessageEvent<string>): void {
    this.listen();
    if (event.lastEventId === '' || event.lastEventId === this.seen) return;
    this.seen = event.lastEventId;
    this.channel.postMessage({ kind: 'seen', id: this.seen } satisfies Message);
  }

  /** A connection that says nothing for longer than two heartbeats is dead, whatever the browser believes. */
  private listen(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.lose(), silenceBeforeLost);
  }

  private lose(): void {
    this.source?.close();
    this.become('lost');
    this.later();
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), this.retry);
    this.retry = Math.min(this.retry * 2, longestRetry);
  }

  private hear(message: Message): void {
    if (message.kind === 'ask') {
      if (this.isLeader) this.channel.postMessage({ kind: 'state', state: this.state } satisfies Message);
      return;
    }
    this.hasFollowed = true;
    if (message.kind === 'job') {
      this.onJob(message.job);
    } else if (message.kind === 'seen') {
      this.seen = message.id;
    } else if (!this.isLeader) {
      this.state = message.state;
      this.onState(message.state);
    }
  }

  private become(state: StreamState): void {
    // Each loss is told of: an EventSource does not say why it was refused, and this time it may be that the session is over.
    if (this.state === state && state !== 'lost') return;
    this.state = state;
    this.channel.postMessage({ kind: 'state', state } satisfies Message);
    this.onState(state);
  }
}
