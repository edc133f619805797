import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { jobKey, mergeAnswer, mergeJobs } from './jobs';
import type { Job } from './types';

const job = (status: Job['status']) => ({ id: 7, status }) as Job;
const shown = (queries: QueryClient) => queries.getQueryData<ReadonlyMap<number, Job>>(jobKey.active)?.get(7)?.status;

describe('the answer to a request', () => {
  it('is shown where the stream has said nothing yet', () => {
    const queries = new QueryClient();
    mergeAnswer(queries, [job('PROCESSING')]);
    expect(shown(queries)).toBe('PROCESSING');
  });

  it('does not undo what the stream said before it arrived', () => {
    const queries = new QueryClient();
    mergeJobs(queries, [job('COMPLETED')]);
    mergeAnswer(queries, [job('PROCESSING')]);
    expect(shown(queries)).toBe('COMPLETED');
  });

  it('takes the place of what was shown when it was sent', () => {
    const queries = new QueryClient();
    const failed = job('FAILED');
    mergeJobs(queries, [failed]);
    mergeAnswer(queries, [job('PROCESSING')], failed);
    expect(shown(queries)).toBe('PROCESSING');
  });
});
