import '@mantine/charts/styles.css';
import { Card, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { useHasPrices, useServer } from '../../api/server';
import { formatDuration, formatNumber } from '../../i18n/format';
import { Loaded } from '../../ui/Loaded';
import { platformName } from '../../ui/PlatformBadge';
import { EntriesCard } from './EntriesCard';
import { SpendingChart } from './SpendingChart';
import { type Step, useSpending } from './useSpending';
import { WorkChart } from './WorkChart';

/** What was downloaded and what it cost. */
export function UsagePage() {
  const { t } = useTranslation();
  const hasPrices = useHasPrices();
  const isFree = useServer().data?.billing === false;
  const [by, setBy] = useState<Step>('day');
  const stats = useQuery({ queryKey: ['stats'], queryFn: ({ signal }) => body(api.GET('/api/v1/video/video-download/stats', { signal })) });
  const credits = useQuery({ queryKey: ['credits'], queryFn: ({ signal }) => body(api.GET('/api/v1/credits/balance', { signal })) });
  const wallet = useQuery({ queryKey: ['wallet'], queryFn: ({ signal }) => body(api.GET('/api/v1/api-wallet/balance', { signal })) });
  const { purse, setPurse, spent } = useSpending(by);
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
      {hasPrices && <SpendingChart by={by} onStep={setBy} purse={purse} onPurse={setPurse} spent={spent} />}
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
        {hasPrices && <EntriesCard purse={purse} />}
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
