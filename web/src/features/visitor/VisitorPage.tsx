import { Button, Card, Container, Group, Progress, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { api, body, type Schemas } from '../../api/client';
import { ErrorView } from '../../ui/ErrorView';
import { LinkBox } from '../add/LinkBox';
import { linksIn } from '../add/links';

type Job = Schemas['JobView'];

/** The same box for whoever is not signed in, within the public limits. */
export function VisitorPage() {
  const { t } = useTranslation();
  const [format, setFormat] = useState('mp4');
  const [error, setError] = useState<string>();
  const [jobs, setJobs] = useState<readonly Job[]>([]);
  const formats = useQuery({ queryKey: ['public-formats'], queryFn: ({ signal }) => body(api.GET('/api/v1/video/public/formats', { signal })) });
  const submit = useMutation({
    mutationFn: (url: string) => body(api.POST('/api/v1/video/public/download', { body: { url, format } })),
    onSuccess: (accepted) => setJobs((now) => [accepted.job, ...now]),
  });
  const take = (text: string): boolean => {
    const links = linksIn(text);
    setError(links.length === 0 ? t('add.noLink') : undefined);
    for (const link of links) submit.mutate(link);
    return links.length > 0;
  };
  const minutes = formats.data?.limitations.max_duration_minutes;
  return (
    <Container size="sm" py="xl" component="main">
      <Stack gap="lg">
        <Group justify="space-between">
          <Group gap="xs">
            <img src="/icon.svg" alt="" width={32} height={32} />
            <Title order={1} size="h3">
              Decant
            </Title>
          </Group>
          <Button component={Link} href="/sign-in" variant="light">
            {t('signIn.submit')}
          </Button>
        </Group>
        <LinkBox onText={take} error={error} />
        <Group justify="space-between">
          <SegmentedControl aria-label={t('more.format')} value={format} onChange={setFormat} data={['mp4', 'mp3', 'wav']} />
          {minutes != null && (
            <Text size="sm" c="dimmed">
              {t('visitor.limit', { count: minutes })}
            </Text>
          )}
        </Group>
        {submit.isError && <ErrorView error={submit.error} />}
        {jobs.map((job) => (
          <VisitorJob key={job.id} accepted={job} />
        ))}
      </Stack>
    </Container>
  );
}

/** A visitor's own job, by the token that its answer brought; it is kept in this tab and nowhere else. */
function VisitorJob({ accepted }: { accepted: Job }) {
  const { t } = useTranslation();
  const { data: job } = useQuery({
    queryKey: ['public-job', accepted.id],
    queryFn: ({ signal }) =>
      body(api.GET('/api/v1/video/public/jobs/{id}', { params: { path: { id: accepted.id }, query: { token: accepted.access_token ?? '' } }, signal })),
    initialData: accepted,
    refetchInterval: (query) => (query.state.data?.status === 'PROCESSING' ? 1_000 : false),
  });
  const name = job.title ?? job.url;
  return (
    <Card withBorder component="article" aria-label={name}>
      <Group justify="space-between" wrap="nowrap">
        <Text fw={550} truncate dir="auto">
          {name}
        </Text>
        {job.download_url && (
          <Button component="a" href={job.download_url} download size="compact-md">
            {t('job.download')}
          </Button>
        )}
      </Group>
      {job.status === 'PROCESSING' && <Progress value={job.progress} mt="xs" aria-label={t('queue.progressOf', { title: name })} />}
      {job.error && (
        <Text size="sm" c="red">
          {job.error.message}
        </Text>
      )}
    </Card>
  );
}
