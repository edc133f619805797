import { ActionIcon, Badge, Card, Checkbox, Group, Menu, Text, UnstyledButton } from '@mantine/core';
import { IconDotsVertical, IconDownload, IconExternalLink, IconFileZip, IconLink, IconPencil, IconPlayerPlayFilled, IconRefresh, IconTrash } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../events/types';
import { formatBytes, formatDate, formatDuration, formatPercent, formatRelative, formatResolution } from '../../i18n/format';
import { Cure } from '../../ui/Cure';
import { Poster } from '../../ui/Poster';
import { useCopy } from '../../ui/useCopy';
import { useJobActions } from '../queue/useJobActions';
import { useZip } from '../queue/useZip';
import classes from './JobCard.module.css';
import { RenameModal } from './RenameModal';
import { useRemoval } from '../queue/useRemoval';

interface Props {
  job: Job;
  mode: 'grid' | 'list';
  isSelected: boolean;
  onSelect: (job: Job) => void;
  onPlay: (job: Job) => void;
}

/** One job of the library. The others are drawn again for each step of a scroll: it is not, unless it changed. */
export const JobCard = memo(function JobCard({ job, mode, isSelected, onSelect, onPlay }: Props) {
  const { t } = useTranslation();
  const name = job.title ?? job.url;
  const isThere = job.status === 'COMPLETED' && job.download_url != null;
  return (
    <Card role="listitem" withBorder padding={0} className={classes[mode]} data-selected={isSelected || undefined} aria-label={name}>
      <div className={classes.picture}>
        <UnstyledButton className={classes.play} disabled={!isThere} onClick={() => onPlay(job)} aria-label={t('library.play', { title: job.duration == null ? name : `${name}, ${formatDuration(job.duration)}` })}>
          <Poster src={job.thumbnail_url ?? null} url={job.url} title={name} duration={job.duration ?? null} isAudio={job.audio_only} />
          {isThere && <IconPlayerPlayFilled className={classes.icon} size={36} aria-hidden />}
        </UnstyledButton>
        <Checkbox className={classes.tick} checked={isSelected} onChange={() => onSelect(job)} aria-label={t('library.select', { title: name })} />
      </div>
      <div className={classes.text}>
        <Text size="sm" fw={550} lineClamp={mode === 'grid' ? 2 : 1} dir="auto" title={name}>
          {name}
        </Text>
        <Group gap={6} justify="space-between" wrap="nowrap">
          <Text size="xs" c="dimmed" truncate miw={0}>
            {[job.format.toUpperCase(), formatResolution(job.resolution), job.file_size != null && formatBytes(job.file_size), mode === 'list' && formatDate(job.created_at)]
              .filter(Boolean)
              .join(' · ')}
          </Text>
          <JobMenu job={job} />
        </Group>
        {job.error && (
          <>
            <Text size="xs" c="red" lineClamp={mode === 'grid' ? 3 : 1} dir="auto" title={job.error.message}>
              {job.error.message}
            </Text>
            <Cure code={job.error.code} url={job.url} />
          </>
        )}
        {job.status !== 'COMPLETED' ? (
          <Badge size="sm" variant="light" color={job.status === 'FAILED' ? 'red' : job.status === 'PROCESSING' ? 'blue' : 'gray'} tt="none">
            {job.status === 'PROCESSING' ? `${t(`stage.${job.stage}`)} ${formatPercent(job.progress)}` : t(`status.${job.status}`)}
          </Badge>
        ) : (
          <Text size="xs" c="dimmed">
            {isThere && job.expires_at ? t('library.expires', { when: formatRelative(job.expires_at) }) : t('library.gone')}
          </Text>
        )}
      </div>
    </Card>
  );
});

function JobMenu({ job }: { job: Job }) {
  const { t } = useTranslation();
  const [isRenaming, setIsRenaming] = useState(false);
  const name = job.title ?? job.url;
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('library.actions', { title: name })}>
            <IconDotsVertical size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <JobMenuItems job={job} onRename={() => setIsRenaming(true)} />
        </Menu.Dropdown>
      </Menu>
      {isRenaming && <RenameModal job={job} onClose={() => setIsRenaming(false)} />}
    </>
  );
}

/** Made when the menu is opened, and not for each of the cards that go by. */
function JobMenuItems({ job, onRename }: { job: Job; onRename: () => void }) {
  const { t } = useTranslation();
  const actions = useJobActions();
  const removal = useRemoval();
  const copy = useCopy();
  const zip = useZip();
  const link = job.download_url ?? undefined;
  return (
    <>
      {link !== undefined && (
        <>
          <Menu.Item component="a" href={link} download leftSection={<IconDownload size={16} aria-hidden />}>
            {t('job.download')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLink size={16} aria-hidden />} onClick={() => void copy(link)}>
            {t('job.copyLink')}
          </Menu.Item>
          <Menu.Item component="a" href={`${link}&inline=1`} target="_blank" leftSection={<IconExternalLink size={16} aria-hidden />}>
            {t('job.openTab')}
          </Menu.Item>
        </>
      )}
      {job.batch_id != null && (
        <Menu.Item leftSection={<IconFileZip size={16} aria-hidden />} onClick={() => zip.mutate(job.batch_id ?? '')}>
          {t('job.zip')}
        </Menu.Item>
      )}
      {job.status === 'FAILED' && (
        <Menu.Item leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => actions.retry.mutate(job)}>
          {t('job.retry')}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={onRename}>
        {t('job.rename')}
      </Menu.Item>
      <Menu.Item component="a" href={job.url} target="_blank" rel="noreferrer noopener" leftSection={<IconExternalLink size={16} aria-hidden />}>
        {t('add.openPage')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => removal.remove([job])}>
        {t('job.delete')}
      </Menu.Item>
    </>
  );
}
