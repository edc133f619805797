import type { QueryClient } from '@tanstack/react-query';
import { api, body } from '../api/client';
import { hideJobs, unhideJobs } from './jobs';

/** Key in the tab's storage: removals that had no answer when the page was left. */
const left = 'decant.removals';

/** Removals that can still be undone. A page that is left takes its word for them. */
const waiting = new Set<readonly number[]>();

/** Removals that the server was asked for and has not answered. */
const asked = new Set<readonly number[]>();

export const holdRemoval = (ids: readonly number[]): unknown => waiting.add(ids);

/** Whether the removal was still to be decided; from now on it is the caller's. */
export const takeRemoval = (ids: readonly number[]): boolean => waiting.delete(ids);

/** Deletes jobs and their files. The request outlives the page. */
export async function deleteJobs(ids: readonly number[]): Promise<void> {
  asked.add(ids);
  try {
    await body(api.POST('/api/v1/video/video-download/jobs/delete', { body: { ids: [...ids] }, keepalive: true }));
  } finally {
    asked.delete(ids);
  }
}

addEventListener('pagehide', () => {
  // Nobody is there any more to be told of a refusal; what was not deleted is shown again by the next page.
  for (const ids of waiting) deleteJobs(ids).catch(() => undefined);
  waiting.clear();
  if (asked.size > 0) sessionStorage.setItem(left, JSON.stringify([...asked]));
});

/** Finishes what the page before this one had no answer to: this one may read its lists before the server has done it. */
export function finishRemovals(queries: QueryClient): void {
  const removals = JSON.parse(sessionStorage.getItem(left) ?? '[]') as number[][];
  sessionStorage.removeItem(left);
  for (const ids of removals) {
    const hidden = new Set(ids);
    hideJobs(queries, hidden);
    deleteJobs(ids)
      .catch(() => undefined)
      .finally(() => unhideJobs(queries, hidden, []));
  }
}
