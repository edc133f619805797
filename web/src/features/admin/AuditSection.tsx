import { Button, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { formatTime } from '../../i18n/format';
import { ErrorView } from '../../ui/ErrorView';

const pageSize = 100;

/** Who did what to whose account, newest first. */
export function AuditSection() {
  const { t } = useTranslation();
  const audit = useInfiniteQuery({
    queryKey: ['admin', 'audit'],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      body(api.GET('/api/v1/admin/audit', { params: { query: { limit: pageSize, skip: pageParam } }, signal })),
    getNextPageParam: (page) => (page.skip + page.items.length < page.total ? page.skip + page.items.length : undefined),
  });
  if (audit.isError) return <ErrorView error={audit.error} onRetry={() => void audit.refetch()} />;
  return (
    <Stack>
      <Table verticalSpacing={6}>
        <Table.Tbody>
          {audit.data?.pages
            .flatMap((page) => page.items)
            .map((entry) => (
              <Table.Tr key={entry.id}>
                <Table.Td>
                  <Text size="sm" ff="monospace">
                    {entry.action}
                  </Text>
                  <Text size="sm" c="dimmed" dir="auto" style={{ overflowWrap: 'anywhere' }}>
                    {[entry.user_id != null && `#${entry.user_id}`, entry.detail, entry.address].filter(Boolean).join(' · ')}
                  </Text>
                </Table.Td>
                <Table.Td ta="end" w="12rem">
                  {formatTime(entry.created_at)}
                </Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
      {audit.hasNextPage && (
        <Button variant="subtle" loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
          {t('library.more')}
        </Button>
      )}
    </Stack>
  );
}
