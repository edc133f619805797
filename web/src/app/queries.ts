import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/error';

const isWorthAnotherTry = (failures: number, error: unknown): boolean =>
  failures < 2 && error instanceof ApiError && error.retryable && error.status !== 429;

/** A session that ended is found out by whatever is asked next: who one is, is then asked again, and the door shown. */
const noticeEnd = (error: unknown): void => {
  if (error instanceof ApiError && error.status === 401) void queries.invalidateQueries({ queryKey: ['me'] });
};

/** Server state, and the only place where it is kept. */
export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEnd }),
  mutationCache: new MutationCache({ onError: noticeEnd }),
  defaultOptions: {
    queries: { staleTime: 30_000, retry: isWorthAnotherTry, refetchOnWindowFocus: false },
    mutations: { retry: false },
  },
});
