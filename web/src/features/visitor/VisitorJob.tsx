import { Badge, Button, Card, Group, Progress, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, body, type Schemas } from '../../api/client';
import { Cure } from '../../ui/Cure';
import { formatBytes, formatPercent } from '../../i18n/format';

export type Job = Schemas['JobView'];

/** A visitor's own job, by the token that its answer brought; it is kept in this tab and nowhere else, and stands in no address. */
export function VisitorJob({ accepted }: { accepted: Job }) {
  const { t } = useTranslation();
  const { data: job } = useQuery({
    queryKey: ['public-job', accepted.id],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/v1/video/public/jobs/{id}', {
          params: { path: { id: accepted.id }, header: { 'X-Access-Token': accepted.access_token ?? '' } },
          signal,
        }),
      ),
    initialData: accepted,
    refetchInterval: (query) => (query.state.data?.status === 'PROCESSING' ? 1_000 : false),
  });
  const name = job.title ?? job.url;
  const isUnderWay = job.status === 'PROCESSING';
  return (
    <Card withBorder component="article" padding="sm" aria-label={name}>
      <Group justify="space-between" wrap="nowrap">
        <Text fw={550} truncate dir="auto">
          {name}
        </Text>
        {job.download_url && (
          <Button component="a" href={job.download_url} download size="compact-sm" variant="light">
            {t('job.download')}
          </Button>
        )}
      </Group>
      <Group gap="xs" mt={4}>
        <Badge variant="light" tt="none" color={job.status === 'FAILED' ? 'red' : isUnderWay ? 'blue' : 'teal'}>
          {isUnderWay ? t(`stage.${job.stage}`) : t(`status.${job.status}`)}
        </Badge>
        <Text size="sm" c="dimmed">
          {[job.format.toUpperCase(), isUnderWay && job.progress > 0 && formatPercent(job.progress), job.file_size != null && formatBytes(job.file_size)].filter(Boolean).join(' · ')}
        </Text>
      </Group>
      {isUnderWay && <Progress value={job.progress} mt="xs" aria-label={t('queue.progressOf', { title: name })} />}
      {job.error && (
        <Group gap="xs">
          <Text size="sm" c="red" dir="auto">
            {job.error.message}
          </Text>
          <Cure code={job.error.code} url={job.url} />
        </Group>
      )}
    </Card>
  );
}
