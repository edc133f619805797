import { Center, Loader, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorView } from './ErrorView';

interface Props<T> {
  query: UseQueryResult<T>;
  empty?: string;
  isEmpty?: (data: T) => boolean;
  children: (data: T) => ReactNode;
}

/** What a query brought; meanwhile that it is coming, or why it does not. */
export function Loaded<T>({ query, empty, isEmpty, children }: Props<T>) {
  if (query.isPending)
    return (
      <Center mih={120}>
        <Loader type="dots" />
      </Center>
    );
  if (query.isError) return <ErrorView error={query.error} onRetry={() => void query.refetch()} />;
  if (empty !== undefined && isEmpty?.(query.data)) return <Text c="dimmed">{empty}</Text>;
  return <>{children(query.data)}</>;
}
