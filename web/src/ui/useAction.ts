import { notifications } from '@mantine/notifications';
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useErrorText } from './useErrorText';

/** A change on the server: what it makes stale is read again, and a refusal is shown in its own words. */
export function useAction<TArguments, TResult>(act: (args: TArguments) => Promise<TResult>, stale: QueryKey, done?: string) {
  const queries = useQueryClient();
  const say = useErrorText();
  return useMutation<TResult, Error, TArguments>({
    mutationFn: act,
    onSuccess: async () => {
      if (done !== undefined) notifications.show({ message: done });
      await queries.invalidateQueries({ queryKey: stale });
    },
    onError: (error) => notifications.show({ color: 'red', ...say(error) }),
  });
}
