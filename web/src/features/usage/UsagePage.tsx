import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import { Card, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { useHasPrices, useServer } from '../../api/server';
import { formatDuration, formatNumber, formatPeriod, formatTime } from '../../i18n/format';
import { Loaded } from '../../ui/Loaded';
import { platformName } from '../../ui/PlatformBadge';
import { ChartCard } from './ChartCard';
import { WorkChart } from './WorkChart';

/** What was downloaded and what it cost. */
export function UsagePage() {
  const { t } = useTranslation();
  const hasPrices = useHasPrices();
  const isFree = useServer().data?.billing === false;
  const [by, setBy] = useState<'day' | 'month'>('day');
  const stats = useQuery({ queryKey: ['stats'], queryFn: ({ signal }) => body(api.GET('/api/v1/video/video-download/stats', { signal })) });
  const credits = useQuery({ queryKey: ['credits'], queryFn: ({ signal }) => body(api.GET('/api/v1/credits/balance', { signal })) });
  const wallet = useQuery({ queryKey: ['wallet'], queryFn: ({ signal }) => body(api.GET('/api/v1/api-wallet/balance', { signal })) });
  const periods = useQuery({
    queryKey: ['credits', 'statistics', by],
    queryFn: ({ signal }) => body(api.GET('/api/v1/credits/usage/statistics', { params: { query: { by } }, signal })),
  });
  const entries = useQuery({
    queryKey: ['credits', 'usage'],
    queryFn: ({ signal }) => body(api.GET('/api/v1/credits/usage', { params: { query: { limit: 50 } }, signal })),
  });
  return (
    <Stack gap="lg">
      <Title order={1} size="h2">
        {t('nav.usage')}
      </Title>
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        {hasPrices && (
          <Figure label={t('usage.credits')} value={credits.data && formatNumber(credits.data.balance_credits)} note={credits.data && t('usage.held', { count: credits.data.held_credits })} />
        )}
        {hasPrices && <Figure label={t('usage.wallet')} value={wallet.data?.balance_usd} />}
        <Figure label={t('usage.downloads')} value={stats.data && formatNumber(stats.data.total_downloads)} />
        <Figure label={t('usage.length')} value={stats.data && formatDuration(stats.data.total_duration)} />
      </SimpleGrid>
      {isFree && <WorkChart />}
      {hasPrices && (
        <ChartCard
          title={t('usage.spent')}
          label={t('usage.spent')}
          value={by}
          onChange={setBy}
          choices={[
            { value: 'day', label: t('usage.byDay') },
            { value: 'month', label: t('usage.byMonth') },
          ]}
        >
          <Loaded query={periods} empty={t('usage.nothing')} isEmpty={(page) => page.items.every((one) => one.used_credits === 0)}>
            {(page) => (
              <BarChart
                h={220}
                data={[...page.items].reverse().map((one) => ({ period: formatPeriod(one.period), [t('usage.credits')]: one.used_credits }))}
                dataKey="period"
                maxBarWidth={48}
                series={[{ name: t('usage.credits'), color: 'teal.6' }]}
              />
            )}
          </Loaded>
        </ChartCard>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Card withBorder>
          <Title order={2} size="h4" mb="sm">
            {t('usage.platforms')}
          </Title>
          <Loaded query={stats}>
            {(found) => (
              <Table>
                <Table.Tbody>
                  {Object.entries(found.downloads_by_platform)
                    .sort(([, one], [, other]) => other - one)
                    .map(([platform, count]) => (
                      <Table.Tr key={platform}>
                        <Table.Td>{platformName(platform, t('add.otherPlatform'))}</Table.Td>
                        <Table.Td ta="end">{formatNumber(count)}</Table.Td>
                      </Table.Tr>
                    ))}
                </Table.Tbody>
              </Table>
            )}
          </Loaded>
        </Card>
        {hasPrices && (
          <Card withBorder>
            <Title order={2} size="h4" mb="sm">
              {t('usage.entries')}
            </Title>
            <Loaded query={entries} empty={t('usage.nothing')} isEmpty={(page) => page.items.length === 0}>
              {(page) => (
                <Table>
                  <Table.Tbody>
                    {page.items.map((entry) => (
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
                        <Table.Td ta="end">{formatNumber(entry.amount)}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              )}
            </Loaded>
          </Card>
        )}
      </SimpleGrid>
    </Stack>
  );
}

function Figure({ label, value, note }: { label: string; value: string | undefined; note?: string | undefined }) {
  return (
    <Card withBorder>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text size="xl" fw={650}>
        {value ?? '…'}
      </Text>
      {note !== undefined && (
        <Text size="xs" c="dimmed">
          {note}
        </Text>
      )}
    </Card>
  );
}
