import { Button, Group, NumberInput, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body, type Schemas } from '../../api/client';
import { Loaded } from '../../ui/Loaded';
import { useAction } from '../../ui/useAction';
import { WithCode } from '../../ui/WithCode';

type Preset = Schemas['PresetView'];

const presetsKey = ['presets'] as const;
const video = ['mp4', 'webm', 'mkv', 'mov'];
const audio = ['original', 'mp3', 'm4a', 'opus', 'ogg', 'flac', 'wav'];
const heights = ['best', '2160p', '1440p', '1080p', '720p', '480p', '360p'];
const rates = ['best', '320kbps', '256kbps', '192kbps', '128kbps', '96kbps', '64kbps'];

/** Presets of one's own, which the server keeps: one click here, and a name in `preset` of the API and in `get --preset`. */
export function PresetsSection() {
  const { t } = useTranslation();
  const presets = useQuery({
    queryKey: presetsKey,
    queryFn: ({ signal }) => body(api.GET('/api/v1/presets', { params: { query: { limit: 200 } }, signal })),
  });
  const remove = useAction((name: string) => api.DELETE('/api/v1/presets/{name}', { params: { path: { name } } }), presetsKey);
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        <WithCode text={t('presets.hint')} />
      </Text>
      <NewPreset />
      <Loaded query={presets} empty={t('presets.none')} isEmpty={(page) => page.items.every((one) => one.built_in)}>
        {(page) => (
          <Table verticalSpacing="xs">
            <Table.Tbody>
              {page.items
                .filter((one) => !one.built_in)
                .map((one) => (
                  <Table.Tr key={one.name}>
                    <Table.Td dir="auto">{one.name}</Table.Td>
                    <Table.Td>
                      <Text size="sm" c="dimmed">
                        {wordsOf(one)}
                      </Text>
                    </Table.Td>
                    <Table.Td ta="end">
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        color="red"
                        aria-label={t('presets.removeNamed', { name: one.name })}
                        onClick={() => remove.mutate(one.name)}
                      >
                        {t('presets.remove')}
                      </Button>
                    </Table.Td>
                  </Table.Tr>
                ))}
            </Table.Tbody>
          </Table>
        )}
      </Loaded>
    </Stack>
  );
}

const wordsOf = (preset: Preset): string =>
  [preset.format?.toUpperCase(), preset.quality, preset.video_codec, preset.audio_codec, preset.normalize == null ? undefined : `${preset.normalize} LUFS`]
    .filter(Boolean)
    .join(' · ');

function NewPreset() {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [format, setFormat] = useState('mp4');
  const [quality, setQuality] = useState('best');
  const [videoCodec, setVideoCodec] = useState<string | null>(null);
  const [loudness, setLoudness] = useState<number | string>('');
  const isSound = audio.includes(format);
  const save = useAction(
    () =>
      body(
        api.PUT('/api/v1/presets/{name}', {
          params: { path: { name: name.trim() } },
          body: {
            format,
            quality,
            ...(isSound || videoCodec === null ? {} : { video_codec: videoCodec }),
            ...(typeof loudness === 'number' ? { normalize: loudness } : {}),
          },
        }),
      ),
    presetsKey,
    t('presets.saved'),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, { onSuccess: () => setName('') });
      }}
    >
      <Group align="end" gap="sm">
        <TextInput label={t('presets.name')} required maxLength={60} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Select
          label={t('more.format')}
          allowDeselect={false}
          w={130}
          data={[
            { group: t('more.video'), items: video },
            { group: t('more.audio'), items: audio.map((one) => ({ value: one, label: one === 'original' ? t('more.original') : one })) },
          ]}
          value={format}
          onChange={(value) => {
            setFormat(value ?? 'mp4');
            setQuality('best');
          }}
        />
        <Select
          label={t('more.quality')}
          allowDeselect={false}
          w={120}
          data={(isSound ? rates : heights).map((one) => ({ value: one, label: one === 'best' ? t('more.best') : one }))}
          value={quality}
          onChange={(value) => setQuality(value ?? 'best')}
        />
        {!isSound && (
          <Select
            label={t('more.videoCodec')}
            placeholder={t('more.any')}
            clearable
            w={120}
            data={['h264', 'hevc', 'vp9', 'av1']}
            value={videoCodec}
            onChange={setVideoCodec}
          />
        )}
        <NumberInput label={t('more.loudness')} placeholder="-14" min={-70} max={-5} w={140} value={loudness} onChange={setLoudness} />
        <Button type="submit" loading={save.isPending}>
          {t('save')}
        </Button>
      </Group>
    </form>
  );
}
