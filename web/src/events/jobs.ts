import { type InfiniteData, type QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, body, type QueryOf, type Schemas } from '../api/client';
import type { Job } from './types';

type JobList = Schemas['JobList'];
type JobsQuery = QueryOf<'/api/v1/video/video-download/jobs'>;

/** As the page's address has it; the server refuses by name what is of no closed set. */
export interface JobFilter {
  status?: string;
  platform?: string;
  format?: string;
  search?: string;
  batch_id?: string;
  sort?: string;
}

export const jobKey = {
  lists: ['jobs', 'list'] as const,
  list: (filter: JobFilter) => ['jobs', 'list', filter] as const,
  active: ['jobs', 'active'] as const,
};

const pageSize = 100;

/** Jobs under way and those that ended since the page was opened, by number: fed by the event stream alone. */
export const useActiveJobs = () =>
  useQuery<ReadonlyMap<number, Job>>({
    queryKey: jobKey.active,
    queryFn: () => new Map(),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    initialData: new Map(),
  });

/** The caller's jobs page after page, each by the cursor of the one before. */
export const useJobs = (filter: JobFilter) =>
  useInfiniteQuery({
    queryKey: jobKey.list(filter),
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET('/api/v1/video/video-download/jobs', {
          params: { query: { ...(filter as JobsQuery), limit: pageSize, ...(pageParam === '' ? {} : { cursor: pageParam }) } },
          signal,
        }),
      ),
    getNextPageParam: (page: JobList) => page.next_cursor ?? undefined,
  });

/** Puts one job's news where it is shown. */
export function mergeJob(queries: QueryClient, job: Job): void {
  queries.setQueryData<ReadonlyMap<number, Job>>(jobKey.active, (known) => new Map(known).set(job.id, job));
  queries.setQueriesData<InfiniteData<JobList>>({ queryKey: jobKey.lists }, (list) => list && replaceIn(list, job));
}

/**
 * Shows what a request was answered with, unless the event stream has told more since: a job that is done at once is told of
 * before the answer that accepted it arrives.
 * @param before the job as it was shown when the request was sent
 */
export function mergeAnswer(queries: QueryClient, answer: Job, before?: Job): void {
  const known = queries.getQueryData<ReadonlyMap<number, Job>>(jobKey.active)?.get(answer.id);
  if (known === undefined || known === before) mergeJob(queries, answer);
}

export function forgetJobs(queries: QueryClient, ids: ReadonlySet<number>): void {
  queries.setQueryData<ReadonlyMap<number, Job>>(
    jobKey.active,
    (known) => new Map([...(known ?? [])].filter(([id]) => !ids.has(id))),
  );
  queries.setQueriesData<InfiniteData<JobList>>({ queryKey: jobKey.lists }, (list) =>
    list && { ...list, pages: list.pages.map((page) => ({ ...page, items: page.items.filter((job) => !ids.has(job.id)) })) },
  );
}

function replaceIn(list: InfiniteData<JobList>, job: Job): InfiniteData<JobList> {
  if (!list.pages.some((page) => page.items.some((one) => one.id === job.id))) return list;
  return {
    ...list,
    pages: list.pages.map((page) => ({ ...page, items: page.items.map((one) => (one.id === job.id ? job : one)) })),
  };
}
