import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body, type Schemas } from '../../api/client';
import { ApiError } from '../../api/error';

export type Account = Schemas['AccountView'];

/** Who is signed in; null for nobody. */
export const useAccount = () =>
  useQuery<Account | null>({
    queryKey: ['me'],
    queryFn: async ({ signal }) => {
      try {
        return await body(api.GET('/api/v1/auth/me', { signal }));
      } catch (error) {
        if (error instanceof ApiError && (error.status === 401 || error.code === 'key_revoked')) return null;
        throw error;
      }
    },
    staleTime: 60_000,
  });
