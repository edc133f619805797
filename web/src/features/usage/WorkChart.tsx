import { BarChart } from '@mantine/charts';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import type { Job } from '../../events/types';
import { formatBytes, formatDuration, formatNumber, formatPeriod } from '../../i18n/format';
import { Loaded } from '../../ui/Loaded';
import { ChartCard } from './ChartCard';
import { byDay } from './days';

const pageSize = 200;
const mostPages = 5;

const measures = { downloads: formatNumber, bytes: formatBytes, seconds: formatDuration } as const;
const labels = { downloads: 'usage.downloads', bytes: 'usage.size', seconds: 'usage.length' } as const;

/** What was made day by day, where nothing has a price to count in: files, bytes or minutes. */
export function WorkChart() {
  const { t } = useTranslation();
  const [by, setBy] = useState<keyof typeof measures>('downloads');
  const jobs = useQuery({ queryKey: ['jobs', 'made'], queryFn: ({ signal }) => readNewest(signal) });
  const label = t(labels[by]);
  return (
    <ChartCard
      title={t('usage.byDay')}
      label={t('usage.byDay')}
      value={by}
      onChange={setBy}
      choices={(['downloads', 'bytes', 'seconds'] as const).map((value) => ({ value, label: t(labels[value]) }))}
    >
      <Loaded query={jobs} empty={t('usage.nothing')} isEmpty={(found) => byDay(found).length === 0}>
        {(found) => (
          <>
            <BarChart
              h={220}
              data={byDay(found).map((day) => ({ period: formatPeriod(day.day), [label]: day[by] }))}
              dataKey="period"
              maxBarWidth={48}
              valueFormatter={measures[by]}
              yAxisProps={{ width: 80 }}
              series={[{ name: label, color: 'teal.6' }]}
            />
            {found.length >= pageSize * mostPages && (
              <Text size="xs" c="dimmed">
                {t('usage.newest', { count: found.length })}
              </Text>
            )}
          </>
        )}
      </Loaded>
    </ChartCard>
  );
}

/** A thousand of the newest: whoever has more sees so many of the last days. */
async function readNewest(signal: AbortSignal): Promise<readonly Job[]> {
  const found: Job[] = [];
  let cursor: string | null = '';
  for (let page = 0; page < mostPages && cursor !== null; page++) {
    const query: { status: 'COMPLETED'; limit: number; cursor?: string } = { status: 'COMPLETED', limit: pageSize, ...(cursor === '' ? {} : { cursor }) };
    const answer: { items: Job[]; next_cursor: string | null } = await body(api.GET('/api/v1/video/video-download/jobs', { params: { query }, signal }));
    found.push(...answer.items);
    cursor = answer.next_cursor;
  }
  return found;
}
