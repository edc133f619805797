import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, body, type Schemas } from '../../api/client';
import { jobKey, mergeJob } from '../../events/jobs';
import type { DownloadRequest } from './presets';

export type Accepted = Schemas['DownloadAnswer'];

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
    onSuccess: (accepted) => {
      for (const job of accepted.jobs ?? [accepted.job]) mergeJob(queries, job);
      void queries.invalidateQueries({ queryKey: jobKey.lists });
      void queries.invalidateQueries({ queryKey: ['me'] });
    },
  });
}
