import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body, type Schemas } from '../../api/client';
import { ApiError } from '../../api/error';

export type Account = Schemas['AccountView'];

const me = ['me'] as const;

/** Who is signed in; null for nobody. */
export const useAccount = () =>
  useQuery<Account | null>({
    queryKey: me,
    queryFn: async ({ signal }) => {
      try {
        return await body(api.GET('/api/v1/auth/me', { signal }));
      } catch (error) {
        if (error instanceof ApiError && (error.status === 401 || error.code === 'key_revoked')) return null;
        throw error;
      }
    },
    staleTime: 60_000,
    // Until the server answers, it is asked again.
    refetchInterval: (query) => (query.state.status === 'error' ? 3_000 : false),
  });

export type SignIn = { username: string; password: string } | { api_key: string } | { link: string };

/** Begins a session; its cookie is the browser's to keep, and no script can read it. */
export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (how: SignIn) => body(api.POST('/api/v1/auth/session', { body: how })),
    onSuccess: () => queries.invalidateQueries({ queryKey: me }),
  });
}

/** Ends the session, and forgets all that was shown in it. */
export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.DELETE('/api/v1/auth/session'),
    onSettled: () => {
      // Not `clear`: whoever shows the account would go on showing the one that is gone.
      queries.setQueryData(me, null);
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== me[0] });
    },
  });
}
