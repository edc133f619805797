import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, body } from '../../api/client';

/** Confirms the address of a mail's link; at sign-up with the password that was chosen there. */
export function useConfirm() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (link: { token: string; password: string | null }) => body(api.POST('/api/v1/auth/confirm', { body: link })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['me'] }),
  });
}

/** Has the link mailed again. */
export const useResend = () =>
  useMutation({ mutationFn: (email: string) => body(api.POST('/api/v1/auth/resend-confirmation', { body: { email } })) });
