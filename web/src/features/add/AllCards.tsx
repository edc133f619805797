import { Alert, Button, Card, Group, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorView } from '../../ui/ErrorView';
import { PresetChips } from './PresetChips';
import type { DownloadRequest } from './presets';
import { useSubmitAll } from './useSubmit';

interface Props {
  count: number;
  preset: string;
  onPreset: (id: string) => void;
  /** What is chosen for each link that was looked up, by the id of its card. */
  ready: ReadonlyMap<string, DownloadRequest>;
  onDone: (ids: readonly string[]) => void;
  onClear: () => void;
}

/** Several links at once: one choice for all of them, and one button. */
export function AllCards({ count, preset, onPreset, ready, onDone, onClear }: Props) {
  const { t } = useTranslation();
  const submit = useSubmitAll();
  const [refused, setRefused] = useState<readonly string[]>([]);
  const start = () =>
    submit.mutate(ready, {
      onSuccess: (answer) => {
        setRefused(answer.refused.map(({ message }) => message));
        onDone(answer.accepted);
      },
    });
  return (
    <Card withBorder padding="md">
      <Stack gap="sm">
        <Group justify="space-between">
          <Text fw={600}>{t('add.count', { count })}</Text>
          <Button variant="subtle" size="compact-sm" onClick={onClear}>
            {t('add.clear')}
          </Button>
        </Group>
        <PresetChips value={preset} onChange={onPreset} label={t('add.presetForAll')} />
        <Button w="fit-content" leftSection={<IconDownload size={18} aria-hidden />} loading={submit.isPending} disabled={ready.size === 0} onClick={start}>
          {t('add.downloadAll', { count: ready.size })}
        </Button>
        {submit.isError && <ErrorView error={submit.error} onRetry={start} />}
        {refused.length > 0 && (
          <Alert color="yellow" title={t('add.someRefused', { count: refused.length })}>
            {[...new Set(refused)].map((message) => (
              <Text key={message} size="sm" dir="auto">
                {message}
              </Text>
            ))}
          </Alert>
        )}
      </Stack>
    </Card>
  );
}
