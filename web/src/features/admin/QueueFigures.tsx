import { Badge, Card, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { formatDuration, formatNumber } from '../../i18n/format';
import { Loaded } from '../../ui/Loaded';

/** Jobs that wait and run, and the places there are for them. */
export function QueueFigures() {
  const { t } = useTranslation();
  const queue = useQuery({ queryKey: ['admin', 'queue'], queryFn: ({ signal }) => body(api.GET('/api/v1/admin/queue', { signal })), refetchInterval: 5_000 });
  return (
    <Card withBorder padding="sm" component="section" aria-label={t('admin.queue')}>
      <Loaded query={queue}>
        {(view) => (
          <Stack gap="xs">
            <Group gap="xs">
              {view.stages.length === 0 && <Text size="sm">{t('admin.queueEmpty')}</Text>}
              {view.stages.map((one) => (
                <Badge key={one.stage} variant="default" size="lg" tt="none" fw={500}>
                  {t(`stage.${one.stage}`)}: {formatNumber(one.count)}
                </Badge>
              ))}
            </Group>
            <Text size="sm" c="dimmed">
              {[
                t('admin.workers', { running: view.running_here, workers: view.workers }),
                t('admin.places', { encoders: view.encoders, recordings: view.recordings }),
                view.longest_wait != null && t('admin.longestWait', { time: formatDuration(view.longest_wait) }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </Stack>
        )}
      </Loaded>
    </Card>
  );
}
