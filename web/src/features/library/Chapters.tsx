import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../events/types';
import { formatDuration } from '../../i18n/format';
import { readTime } from '../add/time';
import { useInfo } from '../add/useInfo';

/** Chapters that the source has, as places in the file to go to; nothing where it has none, or is not there any more. */
export function Chapters({ job, onSeek }: { job: Job; onSeek: (seconds: number) => void }) {
  const { t } = useTranslation();
  const info = useInfo(job.url);
  // A clip begins and ends in the middle of its source.
  const begin = readTime(job.clip?.start) ?? 0;
  const length = job.duration ?? Number.POSITIVE_INFINITY;
  const chapters = (info.data?.chapters ?? [])
    .filter((one) => one.end > begin && one.start - begin < length)
    .map((one) => ({ title: one.title, at: Math.max(0, one.start - begin) }));
  if (chapters.length < 2) return null;
  return (
    <Group gap="xs" role="group" aria-label={t('player.chapters')}>
      {chapters.map((chapter) => (
        <Button key={chapter.at} size="compact-sm" variant="default" fw={500} onClick={() => onSeek(chapter.at)}>
          {formatDuration(chapter.at)} <bdi>&nbsp;{chapter.title}</bdi>
        </Button>
      ))}
    </Group>
  );
}
