import { Badge, Code, Stack, Switch, Table, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { Loaded } from '../../ui/Loaded';
import { WideTable } from '../../ui/WideTable';

/** The settings in force on the server that answers, and where each comes from; secrets are hidden there already. */
export function SettingsSection() {
  const { t } = useTranslation();
  const [word, setWord] = useState('');
  const [all, setAll] = useState(false);
  const settings = useQuery({
    queryKey: ['admin', 'settings'],
    queryFn: ({ signal }) => body(api.GET('/api/v1/admin/settings', { signal })),
  });
  return (
    <Stack>
      <TextInput label={t('serverSettings.find')} maw={420} value={word} onChange={(event) => setWord(event.currentTarget.value)} />
      <Switch label={t('serverSettings.all')} checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
      <Loaded query={settings}>
        {(answer) => {
          const shown = answer.settings.filter(
            (one) => (all || word !== '' || one.source !== 'default') && one.name.toLowerCase().includes(word.trim().toLowerCase()),
          );
          if (shown.length === 0) return <Text c="dimmed">{t('serverSettings.none')}</Text>;
          return (
            <WideTable label={t('serverSettings.title')} minWidth={340} verticalSpacing={6}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('serverSettings.name')}</Table.Th>
                  <Table.Th>{t('serverSettings.value')}</Table.Th>
                  <Table.Th visibleFrom="sm">{t('serverSettings.source')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {shown.map((one) => (
                  <Table.Tr key={one.name}>
                    <Table.Td>
                      <Code>{one.name}</Code>
                      <Text size="xs" c="dimmed" hiddenFrom="sm">
                        {t(`serverSettings.from.${one.source}`)}
                      </Text>
                    </Table.Td>
                    <Table.Td dir="ltr" style={{ overflowWrap: 'anywhere' }}>
                      {one.is_secret && one.value != null ? t('serverSettings.hidden') : (one.value ?? '–')}
                      {one.source !== 'default' && one.default != null && one.default !== one.value && (
                        <Text size="xs" c="dimmed">
                          {t('serverSettings.default', { value: one.default })}
                        </Text>
                      )}
                    </Table.Td>
                    <Table.Td visibleFrom="sm">
                      <Badge variant="light" color={one.source === 'default' ? 'gray' : undefined} tt="none">
                        {t(`serverSettings.from.${one.source}`)}
                      </Badge>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </WideTable>
          );
        }}
      </Loaded>
    </Stack>
  );
}
