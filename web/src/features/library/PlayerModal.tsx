import { Anchor, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import type { Job } from '../../events/types';
import { formatBytes, formatDuration, formatResolution } from '../../i18n/format';
import { ErrorView } from '../../ui/ErrorView';
import { CannotPlay } from './CannotPlay';
import { Chapters } from './Chapters';
import classes from './PlayerModal.module.css';

const speeds = ['0.5', '0.75', '1', '1.25', '1.5', '1.75', '2'];

/** Plays a job's file in the page, seeking by ranges. What the browser cannot play says so and offers a copy that it can. */
export function PlayerModal({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation();
  const job = useQuery({
    queryKey: ['jobs', 'one', id],
    queryFn: ({ signal }) => body(api.GET('/api/v1/video/video-download/jobs/{id}', { params: { path: { id } }, signal })),
  });
  const name = job.data?.title ?? '';
  return (
    <Modal opened onClose={onClose} title={<span dir="auto">{name}</span>} size="xl" closeButtonProps={{ 'aria-label': t('close') }}>
      {job.isError && <ErrorView error={job.error} onRetry={() => void job.refetch()} />}
      {job.data && <Player key={job.data.id} job={job.data} />}
    </Modal>
  );
}

function Player({ job }: { job: Job }) {
  const { t } = useTranslation();
  const media = useRef<HTMLVideoElement & HTMLAudioElement>(null);
  const [cannot, setCannot] = useState(false);
  const [speed, setSpeed] = useState('1');
  // The dialog was there before the player was, and gave the focus to what it had: its own button.
  useEffect(() => media.current?.focus(), []);
  if (job.download_url == null) return <Text>{t('library.gone')}</Text>;
  const source = `${job.download_url}&inline=1`;
  const tracks = (job.subtitles ?? []).filter((one) => one.url != null && one.format === 'vtt');
  const common = {
    ref: media,
    src: source,
    controls: true,
    autoPlay: true,
    // Its keys (space, arrows, f, m) work at once.
    'data-autofocus': true,
    tabIndex: 0,
    preload: 'metadata',
    'aria-label': job.title ?? '',
    // A connection that is lost says nothing of the file: the controls stay, to try again with.
    onError: () => media.current?.error?.code !== MediaError.MEDIA_ERR_NETWORK && setCannot(true),
  } as const;
  return (
    <Stack gap="sm">
      {cannot ? (
        <CannotPlay job={job} />
      ) : job.audio_only ? (
        <div className={classes.audio}>
          {job.thumbnail_url && <img src={job.thumbnail_url} alt="" className={classes.cover} />}
          <audio {...common} className={classes.media} />
        </div>
      ) : (
        <video {...common} className={classes.media} poster={job.thumbnail_url ?? undefined} playsInline>
          {tracks.map((track) => (
            <track key={track.language} kind="subtitles" srcLang={track.language} label={track.language} src={track.url ?? ''} />
          ))}
        </video>
      )}
      {!cannot && (
        <Chapters
          job={job}
          onSeek={(seconds) => {
            if (!media.current) return;
            media.current.currentTime = seconds;
            void media.current.play();
          }}
        />
      )}
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {[job.format.toUpperCase(), formatResolution(job.resolution), job.video_codec, job.audio_codec, job.duration != null && formatDuration(job.duration), job.file_size != null && formatBytes(job.file_size)]
            .filter((part) => typeof part === 'string')
            // A size and its unit stay on one line.
            .map((part) => part.replaceAll(' ', '\u00a0'))
            .join(' · ')}
        </Text>
        <Group gap="sm">
          <Select
            aria-label={t('player.speed')}
            size="xs"
            w={90}
            allowDeselect={false}
            data={speeds.map((value) => ({ value, label: `${value}×` }))}
            value={speed}
            onChange={(value) => {
              setSpeed(value ?? '1');
              if (media.current) media.current.playbackRate = Number(value ?? 1);
            }}
          />
          <Anchor href={job.download_url} download size="sm">
            {t('job.download')}
          </Anchor>
        </Group>
      </Group>
    </Stack>
  );
}
