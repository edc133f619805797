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
    queryFn: async ({ pageParam, signal }) => {
      const page = await body(
        api.GET('/api/v1/video/video-download/jobs', {
          params: { query: { ...(filter as JobsQuery), limit: pageSize, ...(pageParam === '' ? {} : { cursor: pageParam }) } },
          signal,
        }),
      );
      return without(page, page.items.filter((job) => isLeaving(job.id)).length, (job) => isLeaving(job.id));
    },
    getNextPageParam: (page: JobList) => page.next_cursor ?? undefined,
  });

/** Puts news of jobs where they are shown: of thousands at once as of one. */
export function mergeJobs(queries: QueryClient, jobs: readonly Job[]): void {
  const news = new Map(jobs.filter((job) => !isLeaving(job.id)).map((job) => [job.id, job]));
  if (news.size === 0) return;
  queries.setQueryData<ReadonlyMap<number, Job>>(jobKey.active, (known) => new Map([...(known ?? []), ...news]));
  queries.setQueriesData<InfiniteData<JobList>>({ queryKey: jobKey.lists }, (list) => list && replaceIn(list, news));
}

/**
 * Shows what a request was answered with, unless the event stream has told more since: a job that is done at once is told of
 * before the answer that accepted it arrives.
 * @param before the job as it was shown when the request was sent
 */
export function mergeAnswer(queries: QueryClient, answer: readonly Job[], before?: Job): void {
  const shown = queries.getQueryData<ReadonlyMap<number, Job>>(jobKey.active);
  mergeJobs(
    queries,
    answer.filter((job) => !shown?.has(job.id) || shown.get(job.id) === before),
  );
}

/** Jobs that are out of sight and about to be deleted: what is read meanwhile still has them. */
const leaving = new Set<number>();

const isLeaving = (id: number): boolean => leaving.has(id);

/** Takes jobs out of sight everywhere, until they are brought back or gone for good. */
export function hideJobs(queries: QueryClient, ids: ReadonlySet<number>): void {
  for (const id of ids) leaving.add(id);
  queries.setQueryData<ReadonlyMap<number, Job>>(
    jobKey.active,
    (known) => new Map([...(known ?? [])].filter(([id]) => !ids.has(id))),
  );
  queries.setQueriesData<InfiniteData<JobList>>({ queryKey: jobKey.lists }, (list) => {
    if (!list) return list;
    const gone = list.pages.flatMap((page) => page.items).filter((job) => ids.has(job.id)).length;
    return { ...list, pages: list.pages.map((page) => without(page, gone, (job) => ids.has(job.id))) };
  });
}

/** Ends the hiding; `back` has what is to be seen again. */
export function unhideJobs(queries: QueryClient, ids: ReadonlySet<number>, back: readonly Job[]): void {
  for (const id of ids) leaving.delete(id);
  mergeJobs(queries, back);
  void queries.invalidateQueries({ queryKey: jobKey.lists });
}

const without = (page: JobList, gone: number, isGone: (job: Job) => boolean): JobList =>
  gone === 0 ? page : { ...page, total: Math.max(0, page.total - gone), items: page.items.filter((job) => !isGone(job)) };

function replaceIn(list: InfiniteData<JobList>, news: ReadonlyMap<number, Job>): InfiniteData<JobList> {
  if (!list.pages.some((page) => page.items.some((one) => news.has(one.id)))) return list;
  return {
    ...list,
    pages: list.pages.map((page) => ({ ...page, items: page.items.map((one) => news.get(one.id) ?? one) })),
  };
}
