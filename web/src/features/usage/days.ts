import type { Schemas } from '../../api/client';

/** What was made on one day of the reader's. */
export interface Day {
  /** `2026-01-31`. */
  day: string;
  downloads: number;
  bytes: number;
  seconds: number;
}

type Job = Pick<Schemas['JobView'], 'status' | 'completed_at' | 'file_size' | 'duration'>;

/** Finished jobs by the day on which they were, the first day first. */
export function byDay(jobs: readonly Job[]): readonly Day[] {
  const days = new Map<string, Day>();
  for (const job of jobs) {
    if (job.status !== 'COMPLETED' || job.completed_at == null) continue;
    const day = dayOf(new Date(job.completed_at));
    const known = days.get(day) ?? { day, downloads: 0, bytes: 0, seconds: 0 };
    days.set(day, {
      day,
      downloads: known.downloads + 1,
      bytes: known.bytes + (job.file_size ?? 0),
      seconds: known.seconds + (job.duration ?? 0),
    });
  }
  return [...days.values()].sort((one, other) => one.day.localeCompare(other.day));
}

const dayOf = (time: Date): string => [time.getFullYear(), time.getMonth() + 1, time.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
