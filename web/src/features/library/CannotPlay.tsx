import { Alert, Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useActiveJobs } from '../../events/jobs';
import type { Job } from '../../events/types';
import { ErrorView } from '../../ui/ErrorView';
import { useSubmit } from '../add/useSubmit';

/** Where the browser cannot play a file: that it is fine, and a copy that it can play, as a new job. */
export function CannotPlay({ job }: { job: Job }) {
  const { t } = useTranslation();
  const submit = useSubmit();
  const [key] = useState(() => crypto.randomUUID?.() ?? `playable-${job.id}`);
  const jobs = useActiveJobs();
  const copy = submit.data && jobs.data.get(submit.data.job.id);
  return (
    <Alert color="yellow" title={t('player.cannot')}>
      <Text size="sm">{t('player.cannotWhy', { format: job.format.toUpperCase(), codec: job.video_codec ?? job.audio_codec ?? '' })}</Text>
      {copy?.status === 'COMPLETED' ? (
        <Button mt="sm" size="compact-sm" component={Link} href={`/library?play=${copy.id}`}>
          {t('player.playCopy')}
        </Button>
      ) : (
        <Button mt="sm" size="compact-sm" loading={submit.isPending} disabled={submit.isSuccess} onClick={() => submit.mutate({ request: playable(job), key })}>
          {t(submit.isSuccess ? 'player.making' : 'player.makeCopy')}
        </Button>
      )}
      {submit.isError && <ErrorView error={submit.error} />}
      {copy?.error && <Text size="sm">{copy.error.message}</Text>}
    </Alert>
  );
}

/** The same medium, and the same part of it, in what every browser plays. */
export function playable(job: Job) {
  const isEntry = job.playlist_index != null && !job.url.includes('playlist_index=');
  return {
    url: job.url,
    ...(job.audio_only ? { format: 'm4a' } : { format: 'mp4', quality: '1080p', video_codec: 'h264', audio_codec: 'aac' }),
    ...(job.clip == null ? {} : { clip: job.clip }),
    // An entry of a post has no address of its own.
    ...(isEntry && job.video_id != null && !job.url.includes(job.video_id) ? { playlist_items: String(job.playlist_index) } : {}),
  };
}
