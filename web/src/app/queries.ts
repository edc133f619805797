import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/error';

const isWorthAnotherTry = (failures: number, error: unknown): boolean =>
  failures < 2 && error instanceof ApiError && error.retryable && error.status !== 429;

/** Server state, and the only place where it is kept. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, retry: isWorthAnotherTry, refetchOnWindowFocus: false },
    mutations: { retry: false },
  },
});
