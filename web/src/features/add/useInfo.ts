import { useQuery } from '@tanstack/react-query';
import { api, body } from '../../api/client';
import { ApiError } from '../../api/error';
import type { Info } from './presets';

/** Looks an address up: nothing is fetched, and nothing charged. */
export const useInfo = (url: string) =>
  useQuery<Info>({
    queryKey: ['info', url],
    queryFn: ({ signal }) => body(api.POST('/api/v1/video/info', { body: { url, include_formats: true }, signal })),
    staleTime: 10 * 60_000,
    // What the server says when to try again is shown, with the time.
    retry: (failures, error) => error instanceof ApiError && error.retryAfter === undefined && error.retryable && failures < 2,
  });
