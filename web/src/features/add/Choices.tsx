import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconDownload, IconPlayerRecord } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/error';
import { formatBytes } from '../../i18n/format';
import { ErrorView } from '../../ui/ErrorView';
import { useAccount } from '../session/session';
import { PresetChips } from './PresetChips';
import { builtIn, type DownloadRequest, type Info, isAudio, optionFor, type Preset, requestFor } from './presets';
import { readTime } from './time';
import { useOwnPresets } from './useOwnPresets';
import { useSubmit } from './useSubmit';

// Neither is of the first view; both are on the way as soon as there is something to choose from.
const loadMore = () => import('./MoreOptions').then((room) => ({ default: room.MoreOptions }));
const MoreOptions = lazy(loadMore);
const SameAs = lazy(() => import('./SameAs').then((room) => ({ default: room.SameAs })));
const EntryPicker = lazy(() => import('./EntryPicker').then((room) => ({ default: room.EntryPicker })));

interface Props {
  info: Info;
  url: string;
  /** Id of a preset that was chosen for every card; undefined where each is by itself. */
  preset: string | undefined;
  /** Told what is chosen, whenever it changes. */
  onChoice: (request: DownloadRequest) => void;
  onDone: () => void;
}

/** What to make of a medium or a list: a preset, or each thing by itself; and the button that starts it. */
export function Choices({ info, url, preset: forAll, onChoice, onDone }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string>(builtIn[0].id);
  const [own, setOwn] = useState<Preset['request']>();
  const [more, setMore] = useState(false);
  const [picked, setPicked] = useState<string>();
  const [key] = useState(() => crypto.randomUUID?.() ?? String(Math.random()));
  const submit = useSubmit();
  const ownPresets = useOwnPresets();
  useEffect(() => void loadMore(), []);
  useEffect(() => {
    if (forAll === undefined) return;
    setOwn(undefined);
    setChosen(forAll);
  }, [forAll]);

  const preset: Preset = [...builtIn, ...ownPresets].find((one) => one.id === chosen) ?? builtIn[0];
  const request = useMemo(() => own ?? requestFor(preset.request, info), [own, preset, info]);
  const whole = useMemo(() => ({ ...request, url, ...(picked === undefined ? {} : { playlist_items: picked }) }), [request, url, picked]);
  useEffect(() => onChoice(whole), [onChoice, whole]);
  const start = (wanted = whole, name = key) =>
    submit.mutate(
      { request: wanted, key: name },
      { onSuccess: (accepted) => (accepted.errors?.length ? undefined : onDone()) },
    );

  const takeQuality = (quality: string) => {
    setOwn({ ...request, quality });
    // Another request than the one that was refused, and so under another name.
    start({ ...whole, quality }, `${key}-${quality}`);
  };

  return (
    <Stack gap="sm">
      <PresetChips
        label={t('add.preset')}
        value={own ? '' : chosen}
        noteOf={(one) => {
          const size = optionFor(requestFor(one.request, info), info.options)?.file_size;
          return size == null ? undefined : formatBytes(size);
        }}
        onChange={(id) => {
          setOwn(undefined);
          setChosen(id);
        }}
      />
      {info.is_playlist && (
        <Suspense fallback={<Skeleton height={320} />}>
          <EntryPicker info={info} request={request} onChange={setPicked} />
        </Suspense>
      )}
      <Outcome info={info} request={request} />
      <Group gap="sm">
        <Button
          leftSection={info.is_live ? <IconPlayerRecord size={18} aria-hidden /> : <IconDownload size={18} aria-hidden />}
          loading={submit.isPending}
          disabled={info.is_playlist && !picked}
          onClick={() => start()}
        >
          {t(info.is_live ? 'add.record' : 'add.download')}
        </Button>
        <Button variant="subtle" aria-expanded={more} onClick={() => setMore(!more)}>
          {t(more ? 'add.less' : 'add.more')}
        </Button>
      </Group>
      {more && (
        <Suspense fallback={<Skeleton height={180} />}>
          <MoreOptions info={info} value={request} onChange={setOwn} />
          <SameAs request={whole} />
        </Suspense>
      )}
      {submit.isError && <ErrorView error={submit.error} onRetry={() => start()} onQuality={takeQuality} />}
      {submit.data?.errors && submit.data.errors.length > 0 && (
        <Alert color="yellow" title={t('add.someRefused', { count: submit.data.errors.length })}>
          {submit.data.errors.map((error) => (
            <Text key={error.index} size="sm">
              {error.message}
            </Text>
          ))}
        </Alert>
      )}
      {submit.error instanceof ApiError && submit.error.code === 'overloaded' && <Text size="sm">{t('add.busy')}</Text>}
    </Stack>
  );
}

/** The API's own word for whatever is best says nothing to a reader. */
const qualityOf = (quality: string | undefined) => (quality === 'best' ? undefined : quality);

/** The share of the whole that a clip is. */
function partOf(clip: Preset['request']['clip'], duration: number | null | undefined): number {
  if (clip == null || !duration) return 1;
  return Math.max(0, Math.min(1, ((readTime(clip.end) ?? duration) - (readTime(clip.start) ?? 0)) / duration));
}

/** What the choice will be: container, size, copied or encoded, and the price where there is one. */
function Outcome({ info, request }: { info: Info; request: Preset['request'] }) {
  const { t } = useTranslation();
  const account = useAccount();
  const option = optionFor(request, info.options);
  const format = request.format ?? option?.format ?? 'mp4';
  const part = partOf(request.clip, info.duration);
  const codec = [request.video_codec ?? option?.video_codec, request.audio_codec ?? option?.audio_codec];
  const parts = [
    format.toUpperCase(),
    !isAudio(request) && qualityOf(option?.quality ?? request.quality ?? undefined),
    codec.filter(Boolean).join(' + '),
    option?.file_size != null && t('add.about', { size: formatBytes(option.file_size * part) }),
    option && t(option.is_copy && request.video_codec === undefined ? 'add.copied' : 'add.encoded'),
    account.data && !info.is_playlist && info.estimated_credits > 0 && t('add.credits', { count: Math.ceil(info.estimated_credits * part) }),
  ];
  return (
    <Text size="sm" c="dimmed" aria-live="polite">
      {parts.filter((part) => typeof part === 'string' && part !== '').join(' · ')}
    </Text>
  );
}
