import { Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeBlock } from '../../ui/CodeBlock';
import { CopyButton } from '../../ui/CopyButton';
import type { DownloadRequest } from './presets';
import { type ScriptLanguage, scriptOf } from './script';

/** What is chosen, as a script would ask for it. */
export function SameAs({ request }: { request: DownloadRequest }) {
  const { t } = useTranslation();
  const [language, setLanguage] = useState<ScriptLanguage>('curl');
  const script = scriptOf(language, location.origin, request);
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text size="sm" fw={500}>
          {t('tools.api')}
        </Text>
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label={t('tools.api')}
            value={language}
            onChange={(value) => setLanguage(value as ScriptLanguage)}
            data={['curl', 'Python', 'C#']}
          />
          <CopyButton value={script} />
        </Group>
      </Group>
      <CodeBlock label={language}>{script}</CodeBlock>
    </Stack>
  );
}
