import { Button, Container, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { api, body } from '../../api/client';
import { LinkBox } from '../add/LinkBox';
import { linksIn } from '../add/links';
import { useCards } from '../add/useCards';
import { addressFor, useSharedLinks } from '../add/useSharedLinks';
import { signInFor } from '../session/next';
import { VisitorCard } from './VisitorCard';
import classes from './VisitorPage.module.css';
import { type Job, VisitorJob } from './VisitorJob';

/** The same box for whoever is not signed in, within the public limits. */
export function VisitorPage() {
  const { t } = useTranslation();
  const [format, setFormat] = useState('mp4');
  const [error, setError] = useState<string>();
  const [jobs, setJobs] = useState<readonly Job[]>([]);
  const { list, add, remove } = useCards();
  const formats = useQuery({ queryKey: ['public-formats'], queryFn: ({ signal }) => body(api.GET('/api/v1/video/public/formats', { signal })) });
  const take = useCallback(
    (text: string): boolean => {
      const links = linksIn(text);
      setError(links.length === 0 ? t('add.noLink') : undefined);
      add(links);
      return links.length > 0;
    },
    [add, t],
  );
  useSharedLinks(take);
  const begin = useCallback((job: Job) => setJobs((now) => [job, ...now]), []);
  const minutes = formats.data?.limitations.max_duration_minutes;
  return (
    <Container size="sm" py="xl" component="main">
      <Stack gap="lg">
        <Group justify="space-between">
          <Group gap="xs">
            <img src="/icon.svg" alt="" className={classes.icon} />
            <Text fw={700} size="lg">
              Decant
            </Text>
          </Group>
          <Button component={Link} href={signInFor(addressFor(list.map((card) => card.url)))} variant="light">
            {t('signIn.submit')}
          </Button>
        </Group>
        <Stack gap="xs">
          <Title order={1} size="h2">
            {t('add.title')}
          </Title>
          <Text c="dimmed">{t('visitor.what')}</Text>
          <LinkBox onText={take} error={error} />
        </Stack>
        <Group justify="space-between">
          <SegmentedControl aria-label={t('more.format')} value={format} onChange={setFormat} data={['mp4', 'mp3', 'wav'].map((value) => ({ value, label: value.toUpperCase() }))} />
          {minutes != null && (
            <Text size="sm" c="dimmed">
              {t('visitor.limit', { count: minutes })}
            </Text>
          )}
        </Group>
        {list.length > 0 && (
          <Stack component="section" aria-label={t('add.cards')} gap="md">
            {list.map((card) => (
              <VisitorCard key={card.id} url={card.url} format={format} onBegin={begin} onClose={() => remove(card.id)} />
            ))}
          </Stack>
        )}
        {jobs.length > 0 && (
          <Stack component="section" aria-label={t('queue.title')} gap="sm">
            {jobs.map((job) => (
              <VisitorJob key={job.id} accepted={job} />
            ))}
          </Stack>
        )}
      </Stack>
    </Container>
  );
}
