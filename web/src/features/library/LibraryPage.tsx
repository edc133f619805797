import { Button, Center, Group, Loader, SegmentedControl, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconLayoutGrid, IconList, IconSearch } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import { type JobFilter, useJobs } from '../../events/jobs';
import type { Job } from '../../events/types';
import { ErrorView } from '../../ui/ErrorView';
import { platformName } from '../../ui/PlatformBadge';
import { JobGrid } from './JobGrid';
import { PlayerModal } from './PlayerModal';
import { SelectionBar } from './SelectionBar';
import { useSelection } from './useSelection';
import { useViewMode } from './useViewMode';

const platforms = ['youtube', 'tiktok', 'instagram', 'vimeo', 'twitter', 'facebook', 'spotify', 'soundcloud', 'twitch', 'dailymotion', 'other'];
const statuses = ['COMPLETED', 'PROCESSING', 'FAILED', 'CANCELLED'] as const;
const sorts = ['-created_at', 'created_at', 'title', '-file_size', '-duration'] as const;

/** Everything that was made, to search, play, fetch, rename and remove. */
export function LibraryPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const [mode, setMode] = useViewMode();
  const [search, setSearch] = useState(params.get('search') ?? '');
  const [words] = useDebouncedValue(search.trim(), 250);
  const set = (name: string, value: string | null) => setParams((now) => withParam(now, name, value), { replace: true });

  const filter = useMemo<JobFilter>(() => {
    const picked = { status: params.get('status'), platform: params.get('platform'), sort: params.get('sort'), search: words };
    return Object.fromEntries(Object.entries(picked).filter(([, value]) => value !== null && value !== ''));
  }, [params, words]);
  const jobs = useJobs(filter);
  const all = useMemo(() => jobs.data?.pages.flatMap((page) => page.items) ?? [], [jobs.data]);
  const selection = useSelection(all);
  const play = useCallback((job: Job) => setParams((now) => withParam(now, 'play', String(job.id)), { replace: true }), [setParams]);
  const playing = Number(params.get('play')) || undefined;

  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1} size="h2">
          {t('library.title')}
        </Title>
        <SegmentedControl
          aria-label={t('library.view')}
          value={mode}
          onChange={(value) => setMode(value as typeof mode)}
          data={[
            { value: 'grid', label: <IconLayoutGrid size={18} display="block" aria-label={t('library.grid')} /> },
            { value: 'list', label: <IconList size={18} display="block" aria-label={t('library.list')} /> },
          ]}
        />
      </Group>
      <Group gap="xs" wrap="wrap">
        <TextInput
          type="search"
          aria-label={t('library.search')}
          placeholder={t('library.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          maxLength={200}
          flex="20 1 14rem"
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Select
          aria-label={t('library.status')}
          placeholder={t('library.anyStatus')}
          clearable
          flex="1 1 9.5rem"
          data={statuses.map((value) => ({ value, label: t(`status.${value}`) }))}
          value={params.get('status')}
          onChange={(value) => set('status', value)}
        />
        <Select
          aria-label={t('library.platform')}
          placeholder={t('library.anyPlatform')}
          clearable
          flex="1 1 9.5rem"
          data={platforms.map((value) => ({ value, label: platformName(value, t('add.otherPlatform')) }))}
          value={params.get('platform')}
          onChange={(value) => set('platform', value)}
        />
        <Select
          aria-label={t('library.sort')}
          allowDeselect={false}
          flex="1 1 9.5rem"
          data={sorts.map((value) => ({ value, label: t(`sort.${value}`) }))}
          value={params.get('sort') ?? '-created_at'}
          onChange={(value) => set('sort', value === '-created_at' ? null : value)}
        />
      </Group>
      {jobs.isPending && (
        <Center mih={240}>
          <Loader type="dots" />
        </Center>
      )}
      {jobs.isError && <ErrorView error={jobs.error} onRetry={() => void jobs.refetch()} />}
      {jobs.data && all.length === 0 && (
        <Center mih={240}>
          <Text c="dimmed">{t(Object.keys(filter).length > 0 ? 'library.nothingFound' : 'library.empty')}</Text>
        </Center>
      )}
      {all.length > 0 && (
        <>
          <Text size="sm" c="dimmed" aria-live="polite">
            {t('library.count', { count: jobs.data?.pages[0]?.total ?? all.length })}
          </Text>
          <JobGrid
            jobs={all}
            mode={mode}
            selection={selection}
            onPlay={play}
            onEnd={() => jobs.hasNextPage && !jobs.isFetchingNextPage && void jobs.fetchNextPage()}
          />
          {jobs.hasNextPage && (
            <Button variant="subtle" loading={jobs.isFetchingNextPage} onClick={() => void jobs.fetchNextPage()}>
              {t('library.more')}
            </Button>
          )}
        </>
      )}
      <SelectionBar selection={selection} />
      {playing !== undefined && <PlayerModal id={playing} onClose={() => set('play', null)} />}
    </Stack>
  );
}

function withParam(now: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const next = new URLSearchParams(now);
  if (value === null || value === '') next.delete(name);
  else next.set(name, value);
  return next;
}
