import { useRef } from 'react';
import type { Job } from '../../events/types';
import { isUnderWay } from './groups';

export interface Rate {
  bytesPerSecond: number | undefined;
  secondsLeft: number | undefined;
}

const window = 5_000;

/** Bytes a second and the time left, over the last five seconds of what the stream told of a job. */
export function useRate(job: Job): Rate {
  const seen = useRef<{ at: number; bytes: number; progress: number }[]>([]);
  if (!isUnderWay(job)) return { bytesPerSecond: undefined, secondsLeft: undefined };
  const at = Date.now();
  const last = seen.current.at(-1);
  if (last?.bytes !== (job.bytes_fetched ?? 0) || last.progress !== job.progress)
    seen.current = [...seen.current.filter((one) => at - one.at < window), { at, bytes: job.bytes_fetched ?? 0, progress: job.progress }];
  const first = seen.current[0];
  if (!first || at - first.at < 900) return { bytesPerSecond: undefined, secondsLeft: undefined };
  const seconds = (at - first.at) / 1000;
  const bytes = (job.bytes_fetched ?? 0) - first.bytes;
  const progress = job.progress - first.progress;
  return {
    bytesPerSecond: bytes > 0 ? bytes / seconds : undefined,
    secondsLeft: progress > 0 ? ((100 - job.progress) / progress) * seconds : undefined,
  };
}
