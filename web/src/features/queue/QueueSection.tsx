import { Group, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useActiveJobs } from '../../events/jobs';
import { groupJobs } from './groups';

const Rows = lazy(() => import('./Rows').then((room) => ({ default: room.Rows })));

/** Jobs under way, and those that ended since the page was opened; newest first. */
export function QueueSection({ hint }: { hint: boolean }) {
  const { t } = useTranslation();
  const jobs = useActiveJobs();
  const groups = useMemo(() => groupJobs([...jobs.data.values()]), [jobs.data]);
  if (groups.length === 0)
    return hint ? (
      <Text c="dimmed" ta="center" py="xl">
        {t('queue.empty')}
      </Text>
    ) : null;
  return (
    <Stack component="section" aria-labelledby="queue-title" gap="sm">
      <Group justify="space-between">
        <Title order={2} size="h3" id="queue-title" tabIndex={-1}>
          {t('queue.title')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('queue.count', { count: groups.reduce((sum, group) => sum + group.underWay, 0) })}
        </Text>
      </Group>
      <Suspense>
        <Rows groups={groups} />
      </Suspense>
    </Stack>
  );
}
