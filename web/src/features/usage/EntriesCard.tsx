import { Card, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { formatCents, formatNumber, formatTime } from '../../i18n/format';
import { Loaded } from '../../ui/Loaded';
import type { Purse } from './useSpending';

const newest = { params: { query: { limit: 50 } } };

/** The newest entries of a purse. */
export function EntriesCard({ purse }: { purse: Purse }) {
  const { t } = useTranslation();
  const entries = useQuery({ queryKey: [purse, 'usage'], queryFn: ({ signal }) => read(purse, signal) });
  return (
    <Card withBorder>
      <Title order={2} size="h4" mb="sm">
        {t('usage.entries')}
      </Title>
      <Loaded query={entries} empty={t('usage.nothing')} isEmpty={(found) => found.length === 0}>
        {(found) => (
          <Table>
            <Table.Tbody>
              {found.map((entry) => (
                <Table.Tr key={entry.id}>
                  <Table.Td>
                    {t(`entry.${entry.type}`)}
                    {entry.note && (
                      <Text size="xs" c="dimmed">
                        {entry.note}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td>{formatTime(entry.created_at)}</Table.Td>
                  <Table.Td ta="end">{entry.amount}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Loaded>
    </Card>
  );
}

/** Entries with their amounts as they are written. */
async function read(purse: Purse, signal: AbortSignal) {
  if (purse === 'credits') {
    const { items } = await body(api.GET('/api/v1/credits/usage', { ...newest, signal }));
    return items.map((entry) => ({ ...entry, amount: formatNumber(entry.amount) }));
  }

  const { items } = await body(api.GET('/api/v1/api-wallet/usage', { ...newest, signal }));
  return items.map((entry) => ({ ...entry, amount: formatCents(entry.amount_cents) }));
}
