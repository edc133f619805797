import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, body, type Schemas } from '../../api/client';
import { jobKey, mergeAnswer } from '../../events/jobs';
import type { DownloadRequest } from './presets';

export type Accepted = Schemas['DownloadAnswer'];

/** As many as one request takes. */
const mostAtOnce = 50;

/** Queues a download. Its jobs are shown at once, and again as the event stream tells of them. */
export function useSubmit() {
  const queries = useQueryClient();
  return useMutation<Accepted, Error, { request: DownloadRequest; key: string }>({
    mutationFn: ({ request, key }) =>
      body(
        api.POST('/api/v1/video/download', {
          body: request,
          // A click that is repeated because its answer was lost is one download.
          params: { header: { 'Idempotency-Key': key } },
        }),
      ),
    onSuccess: (accepted) => show(queries, accepted.jobs ?? [accepted.job]),
  });
}

export interface AllAccepted {
  /** Ids of those that are under way now. */
  accepted: readonly string[];
  refused: readonly { id: string; message: string }[];
}

/** Queues several downloads as one batch, fifty a request; keyed by whatever the caller knows them by. */
export function useSubmitAll() {
  const queries = useQueryClient();
  return useMutation<AllAccepted, Error, ReadonlyMap<string, DownloadRequest>>({
    mutationFn: async (requests) => {
      const all = [...requests];
      const refused: { id: string; message: string }[] = [];
      for (let from = 0; from < all.length; from += mostAtOnce) {
        const some = all.slice(from, from + mostAtOnce);
        const answer = await body(
          api.POST('/api/v1/video/video-download/bulk-download', { body: { downloads: some.map(([, request]) => request) } }),
        );
        show(queries, answer.jobs);
        refused.push(...answer.errors.map(({ index, message }) => ({ id: some[index]?.[0] ?? '', message })));
      }
      const failed = new Set(refused.map(({ id }) => id));
      return { accepted: all.map(([id]) => id).filter((id) => !failed.has(id)), refused };
    },
  });
}

function show(queries: QueryClient, jobs: readonly Schemas['JobView'][]): void {
  mergeAnswer(queries, jobs);
  void queries.invalidateQueries({ queryKey: jobKey.lists });
  void queries.invalidateQueries({ queryKey: ['me'] });
}
