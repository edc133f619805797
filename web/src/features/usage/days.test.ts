import { expect, test } from 'vitest';
import { byDay } from './days';

const job = (completed_at: string | null, file_size: number, duration: number, status = 'COMPLETED') => ({ completed_at, file_size, duration, status }) as never;

test('what was made is summed by the reader\'s days, and what failed is none of it', () => {
  const days = byDay([
    job('2026-02-02T12:00:00', 10, 60),
    job('2026-02-01T12:00:00', 5, 30),
    job('2026-02-02T13:00:00', 1, 1),
    job('2026-02-02T13:00:00', 9, 9, 'FAILED'),
    job(null, 9, 9, 'PROCESSING'),
  ]);
  expect(days).toEqual([
    { day: '2026-02-01', downloads: 1, bytes: 5, seconds: 30 },
    { day: '2026-02-02', downloads: 2, bytes: 11, seconds: 61 },
  ]);
});
