import { ActionIcon, Anchor, Badge, Button, Card, Group, Progress, Text, Tooltip } from '@mantine/core';
import { IconDownload, IconPlayerPlay, IconPlayerStop, IconRefresh, IconTrash, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Job } from '../../events/types';
import { formatBytes, formatDuration, formatNumber, formatPercent, formatRate, formatResolution, formatTime } from '../../i18n/format';
import { Cure } from '../../ui/Cure';
import { Poster } from '../../ui/Poster';
import { isUnderWay } from './groups';
import classes from './JobRow.module.css';
import { useJobActions } from './useJobActions';
import { useRate } from './useRate';
import { useRemoval } from './useRemoval';

/** A job on its way, or just ended. */
export function JobRow({ job, isInBatch = false }: { job: Job; isInBatch?: boolean }) {
  const { t } = useTranslation();
  const name = job.title ?? job.url;
  return (
    <Card component="article" withBorder={!isInBatch} padding="sm" aria-label={name} className={classes.row} data-done={job.status === 'COMPLETED' || undefined}>
      <Poster url={job.url} src={job.thumbnail_url ?? null} title={name} isAudio={job.audio_only} />
      <div className={classes.body}>
        <Text fw={550} lineClamp={1} dir="auto">
          {name}
        </Text>
        <JobState job={job} />
        {job.error && (
          <Group gap="xs">
            <Text size="sm" c="red" dir="auto">
              {job.error.message}
            </Text>
            <Cure code={job.error.code} url={job.url} />
          </Group>
        )}
        {isUnderWay(job) && (
          <Progress
            value={job.progress}
            striped={job.stage === 'recording'}
            animated={job.stage === 'recording'}
            aria-label={t('queue.progressOf', { title: name })}
          />
        )}
      </div>
      <JobButtons job={job} />
    </Card>
  );
}

/** From a hundred on the server rounds. */
const placeOf = (position: number): string => `${position < 100 ? '' : '≈\u00a0'}${formatNumber(position)}`;

function JobState({ job }: { job: Job }) {
  const { t } = useTranslation();
  const rate = useRate(job);
  const what = [job.format.toUpperCase(), formatResolution(job.resolution) ?? (job.quality === 'best' ? undefined : job.quality)];
  const parts = isUnderWay(job)
    ? [
        job.queue_position != null && t('queue.place', { place: placeOf(job.queue_position) }),
        job.progress > 0 && job.stage !== 'recording' && formatPercent(job.progress),
        job.recorded_seconds != null && t('queue.recorded', { length: formatDuration(job.recorded_seconds) }),
        rate.bytesPerSecond !== undefined && formatRate(rate.bytesPerSecond),
        // A recording goes on for as long as there is something to record.
        job.stage !== 'recording' && rate.secondsLeft !== undefined && t('queue.left', { time: formatDuration(rate.secondsLeft) }),
        job.parked && t('queue.parkedUntil', { time: formatTime(job.parked.until) }),
        job.starts_at && t('queue.startsAt', { time: formatTime(job.starts_at) }),
      ]
    : [job.file_size != null && formatBytes(job.file_size), job.duration != null && formatDuration(job.duration)];
  return (
    <Group gap="xs">
      <Badge color={colors[job.status]} variant="light" tt="none">
        {isUnderWay(job) ? t(`stage.${job.stage}`) : t(`status.${job.status}`)}
      </Badge>
      <Text size="sm" c="dimmed" className={classes.figures}>
        {[...what, ...parts].filter((part) => typeof part === 'string' && part !== '').join(' · ')}
      </Text>
    </Group>
  );
}

const colors: Readonly<Record<Job['status'], string>> = {
  PROCESSING: 'blue',
  COMPLETED: 'teal',
  FAILED: 'red',
  CANCELLED: 'gray',
};

function JobButtons({ job }: { job: Job }) {
  const { t } = useTranslation();
  const actions = useJobActions();
  const removal = useRemoval();
  const button = (label: string, Icon: typeof IconX, onClick: () => void) => (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" size="lg" aria-label={label} onClick={onClick}>
        <Icon size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
  return (
    <Group gap={4} wrap="nowrap" className={classes.buttons}>
      {job.status === 'COMPLETED' && job.download_url && (
        <>
          <Button component={Link} href={`/library?play=${job.id}`} size="compact-sm" variant="light" leftSection={<IconPlayerPlay size={16} aria-hidden />}>
            {t('job.play')}
          </Button>
          <Tooltip label={t('job.download')}>
            <Anchor href={job.download_url} download aria-label={t('job.download')} className={classes.link}>
              <IconDownload size={18} aria-hidden />
            </Anchor>
          </Tooltip>
        </>
      )}
      {isUnderWay(job) &&
        (job.stage === 'recording'
          ? button(t('job.stop'), IconPlayerStop, () => actions.cancel.mutate(job))
          : button(t('job.cancel'), IconX, () => actions.cancel.mutate(job)))}
      {job.status === 'FAILED' && button(t('job.retry'), IconRefresh, () => actions.retry.mutate(job))}
      {!isUnderWay(job) && button(t('job.delete'), IconTrash, () => removal.remove([job]))}
    </Group>
  );
}
