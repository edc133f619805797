import { Checkbox, NumberInput, Select, SimpleGrid, Switch, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ClipRange } from './ClipRange';
import classes from './MoreOptions.module.css';
import type { Info, Preset } from './presets';
import { isAudio } from './presets';

type Request = Preset['request'];

const formats = { video: ['mp4', 'webm', 'mkv', 'mov', 'avi', 'flv'], audio: ['mp3', 'm4a', 'opus', 'ogg', 'aac', 'flac', 'wav'] };
const heights = ['best', '2160p', '1440p', '1080p', '720p', '480p', '360p', '240p', '144p', 'worst'];
const rates = ['best', '320kbps', '256kbps', '192kbps', '160kbps', '128kbps', '96kbps', '64kbps'];

/** Each thing by itself, in the API's own words. */
export function MoreOptions({ info, value, onChange }: { info: Info; value: Request; onChange: (request: Request) => void }) {
  const { t } = useTranslation();
  const isSound = isAudio(value);
  const set = (change: Partial<Request>) => onChange(without({ ...value, ...change }));
  const languages = [...new Set((info.formats ?? []).flatMap((one) => [one.language, ...(one.audio_languages ?? [])]))].filter(
    (one): one is string => one != null,
  );
  const subtitles = [...new Set((info.subtitles ?? []).map((one) => one.language))];
  const chosen = typeof value.subtitles === 'object' && value.subtitles !== null && 'languages' in value.subtitles ? value.subtitles : undefined;

  return (
    <SimpleGrid cols={{ base: 1, xs: 2, lg: 3 }} spacing="sm" verticalSpacing="sm" className={classes.grid}>
      <Select
        label={t('more.format')}
        allowDeselect={false}
        data={[
          { group: t('more.video'), items: formats.video },
          { group: t('more.audio'), items: formats.audio },
        ]}
        value={value.format ?? 'mp4'}
        onChange={(format) => {
          const becomesSound = formats.audio.includes(format ?? '');
          set({ format, audio_only: becomesSound || undefined, ...(becomesSound === isSound ? {} : { quality: 'best', video_codec: undefined }) });
        }}
      />
      <Select
        label={t('more.quality')}
        allowDeselect={false}
        data={(isSound ? rates : heights).map((quality) => ({ value: quality, label: quality === 'best' || quality === 'worst' ? t(`more.${quality}`) : quality }))}
        value={value.quality ?? 'best'}
        onChange={(quality) => set({ quality })}
      />
      {!isSound && (
        <Select
          label={t('more.videoCodec')}
          placeholder={t('more.any')}
          clearable
          data={['h264', 'hevc', 'vp9', 'av1']}
          value={value.video_codec ?? null}
          onChange={(video_codec) => set({ video_codec })}
        />
      )}
      <Select
        label={t('more.audioCodec')}
        placeholder={t('more.any')}
        clearable
        data={['aac', 'opus', 'mp3', 'vorbis', 'flac']}
        value={value.audio_codec ?? null}
        onChange={(audio_codec) => set({ audio_codec })}
      />
      {languages.length > 1 && (
        <Select
          label={t('more.language')}
          placeholder={t('more.any')}
          clearable
          data={languages}
          value={value.audio_language ?? null}
          onChange={(audio_language) => set({ audio_language })}
        />
      )}
      {subtitles.length > 0 && (
        <TagsInput
          label={t('more.subtitles')}
          data={subtitles}
          value={chosen?.languages ?? []}
          onChange={(picked) =>
            set({ subtitles: picked.length === 0 ? undefined : { ...chosen, languages: picked, mode: chosen?.mode ?? (isSound ? 'files' : 'embed') } })
          }
        />
      )}
      {chosen !== undefined && !isSound && (
        <Select
          label={t('more.subtitlesAs')}
          allowDeselect={false}
          data={[
            { value: 'embed', label: t('more.embedded') },
            { value: 'files', label: t('more.beside') },
          ]}
          value={chosen.mode ?? 'embed'}
          onChange={(mode) => set({ subtitles: { languages: chosen.languages, mode: mode as 'embed' | 'files', ...(mode === 'files' ? { format: 'vtt' as const } : {}) } })}
        />
      )}
      <NumberInput
        label={`${t('more.loudness')} (LUFS)`}
        placeholder="-14"
        min={-70}
        max={-5}
        value={value.normalize ?? ''}
        onChange={(level) => set({ normalize: typeof level === 'number' ? level : undefined })}
      />
      <TextInput
        label={t('more.fileName')}
        placeholder={info.title}
        maxLength={200}
        value={value.output_filename ?? ''}
        onChange={(event) => set({ output_filename: event.currentTarget.value || undefined })}
      />
      <Checkbox
        className={classes.line}
        label={t('more.thumbnail')}
        checked={value.include_thumbnail ?? false}
        onChange={(event) => set({ include_thumbnail: event.currentTarget.checked || undefined })}
      />
      {info.is_live && (
        <>
          <Switch
            className={classes.line}
            label={t('more.fromStart')}
            checked={value.live_from_start ?? false}
            onChange={(event) => set({ live_from_start: event.currentTarget.checked || undefined })}
          />
          <NumberInput
            label={t('more.maxDuration')}
            min={1}
            value={value.max_duration == null ? '' : value.max_duration / 60}
            onChange={(minutes) => set({ max_duration: typeof minutes === 'number' ? minutes * 60 : undefined })}
          />
        </>
      )}
      {info.duration != null && !info.is_playlist && (
        <ClipRange duration={info.duration} chapters={info.chapters ?? []} value={value.clip ?? undefined} onChange={(clip) => set({ clip })} />
      )}
    </SimpleGrid>
  );
}

/** Without the fields that say nothing, so that the server's defaults hold. */
function without(request: Request): Request {
  return Object.fromEntries(Object.entries(request).filter(([, field]) => field !== undefined && field !== null)) as Request;
}
