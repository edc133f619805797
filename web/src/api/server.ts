import { useQuery } from '@tanstack/react-query';
import { api, body } from './client';

/** What is on at this server; the same until it is started anew. */
export const useServer = () =>
  useQuery({ queryKey: ['server'], queryFn: ({ signal }) => body(api.GET('/api/v1/server', { signal })), staleTime: Number.POSITIVE_INFINITY });

/** Whether anything has a price here; until that is known, nothing is shown that may be wrong. */
export const useHasPrices = (): boolean => useServer().data?.billing ?? false;
