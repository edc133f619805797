import { ActionIcon, Badge, Card as Surface, CloseButton, Group, Skeleton, Stack, Text, Tooltip } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/error';
import { formatDate, formatDuration, formatNumber } from '../../i18n/format';
import { ErrorView } from '../../ui/ErrorView';
import { PlatformBadge } from '../../ui/PlatformBadge';
import { Poster } from '../../ui/Poster';
import { Choices } from './Choices';
import classes from './MediaCard.module.css';
import type { DownloadRequest, Info } from './presets';
import type { Card } from './useCards';
import { useInfo } from './useInfo';
import { WaitForStart } from './WaitForStart';

interface Props {
  card: Card;
  /** Id of a preset that was chosen for every card; undefined where each is by itself. */
  preset: string | undefined;
  onChoice: (id: string, request: DownloadRequest | undefined) => void;
  onClose: () => void;
  /** Called when its download was accepted. */
  onDone: () => void;
}

/** A link, and what is there: looked up at once, and then for choosing from. */
export function MediaCard({ card, preset, onChoice, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const info = useInfo(card.url);
  const choose = useCallback((request: DownloadRequest) => onChoice(card.id, request), [onChoice, card.id]);
  useEffect(() => () => onChoice(card.id, undefined), [onChoice, card.id]);
  return (
    <Surface component="article" withBorder padding="md" aria-busy={info.isPending} aria-label={info.data?.title ?? card.url}>
      <CloseButton className={classes.close} aria-label={t('add.remove')} onClick={onClose} />
      {(info.isPending || (info.isError && info.isFetching)) && <Waiting url={card.url} />}
      {info.isError && !info.isFetching && <ErrorView error={info.error} subject={card.url} isPatient={isLimit(info.error)} onRetry={() => void info.refetch()} />}
      {info.error instanceof ApiError && info.error.code === 'not_started' && <WaitForStart url={card.url} onDone={onDone} />}
      {info.data && (
        <div className={classes.layout}>
          <div className={classes.poster}>
            <Poster url={card.url} title={info.data.title} duration={info.data.duration} isLive={info.data.is_live} />
          </div>
          <Facts info={info.data} url={card.url} />
          <div className={classes.choices}>
            <Choices info={info.data} url={card.url} preset={preset} onChoice={choose} onDone={onDone} />
          </div>
        </div>
      )}
    </Surface>
  );
}

/** Of those who ask too often, each is let in by and by; a source that fails is not asked for ever. */
const isLimit = (error: Error): boolean => error instanceof ApiError && error.status === 429;

function Facts({ info, url }: { info: Info; url: string }) {
  const { t } = useTranslation();
  return (
    <div className={classes.facts}>
      <Text fw={600} lineClamp={2} pe="xl" component="h2" size="md" dir="auto">
        {info.title}
      </Text>
      <Group gap="xs" mt={4}>
        <PlatformBadge platform={info.platform} />
        {info.is_live && (
          <Badge color="red" variant="filled">
            {t('add.live')}
          </Badge>
        )}
        {info.uploader && (
          <Text size="sm" c="dimmed" dir="auto" truncate maw="20rem">
            {info.uploader}
          </Text>
        )}
        {info.duration != null && (
          <Text size="sm" c="dimmed" visibleFrom="sm">
            {formatDuration(info.duration)}
          </Text>
        )}
        {info.is_playlist && info.playlist_count != null && (
          <Text size="sm" c="dimmed">
            {t('add.entries', { count: info.playlist_count })}
          </Text>
        )}
        {info.view_count != null && (
          <Text size="sm" c="dimmed" visibleFrom="md">
            {t('add.views', { count: info.view_count, value: formatNumber(info.view_count) })}
          </Text>
        )}
        {info.upload_date && (
          <Text size="sm" c="dimmed" visibleFrom="md">
            {formatDate(info.upload_date)}
          </Text>
        )}
        <Tooltip label={url}>
          <ActionIcon
            component="a"
            href={info.webpage_url}
            target="_blank"
            rel="noreferrer noopener"
            variant="subtle"
            size="sm"
            aria-label={t('add.openPage')}
          >
            <IconLink size={14} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Group>
    </div>
  );
}

function Waiting({ url }: { url: string }) {
  const { t } = useTranslation();
  return (
    <div className={classes.layout}>
      <Skeleton className={classes.poster} />
      <Text size="sm" truncate pe="xl" role="status">
        {t('add.looking', { url })}
      </Text>
      <Stack gap="xs" className={classes.choices}>
        <Skeleton height={14} width="60%" />
        <Skeleton height={36} width="90%" />
      </Stack>
    </div>
  );
}
