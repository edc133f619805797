import { Alert, Badge, Button, Code, Group, MultiSelect, NumberInput, Stack, Table, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { formatDate, formatRelative } from '../../i18n/format';
import { CopyButton } from '../../ui/CopyButton';
import { Loaded } from '../../ui/Loaded';
import { useAction } from '../../ui/useAction';
import { SilentHead, WideTable } from '../../ui/WideTable';

const keysKey = ['keys'] as const;
const scopes = ['media:read', 'media:write', 'account:read', 'account:write', 'webhooks', '*'];

/** API keys: made with the scopes one names, shown once, revoked. */
export function KeysSection() {
  const { t } = useTranslation();
  const keys = useQuery({ queryKey: keysKey, queryFn: ({ signal }) => body(api.GET('/api/v1/auth/api-keys', { params: { query: { limit: 200 } }, signal })) });
  const revoke = useAction((id: number) => api.DELETE('/api/v1/auth/api-keys/{id}', { params: { path: { id } } }), keysKey);
  return (
    <Stack>
      <NewKey />
      <Loaded query={keys} empty={t('keys.none')} isEmpty={(page) => page.items.length === 0}>
        {(page) => (
          <WideTable label={t('settings.keys')} minWidth={340}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('keys.name')}</Table.Th>
                <Table.Th>{t('keys.scopes')}</Table.Th>
                <Table.Th visibleFrom="sm">{t('keys.lastUsed')}</Table.Th>
                <Table.Th>{t('keys.expires')}</Table.Th>
                <SilentHead>{t('keys.revoke')}</SilentHead>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {page.items.map((key) => (
                <Table.Tr key={key.id}>
                  <Table.Td>
                    {key.name}
                    <Text size="xs" c="dimmed" ff="monospace">
                      {key.prefix}…
                    </Text>
                  </Table.Td>
                  <Table.Td>{key.scopes.join(', ')}</Table.Td>
                  <Table.Td visibleFrom="sm">{key.last_used_at ? formatRelative(key.last_used_at) : '–'}</Table.Td>
                  <Table.Td>{key.expires_at ? formatDate(key.expires_at) : t('keys.never')}</Table.Td>
                  <Table.Td ta="end">
                    {key.revoked_at ? (
                      <Badge color="gray" variant="light" tt="none">
                        {t('keys.revoked')}
                      </Badge>
                    ) : (
                      <Button size="compact-sm" variant="subtle" color="red" aria-label={t('keys.revokeNamed', { name: key.name })} onClick={() => revoke.mutate(key.id)}>
                        {t('keys.revoke')}
                      </Button>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </WideTable>
        )}
      </Loaded>
    </Stack>
  );
}

function NewKey() {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [picked, setPicked] = useState<string[]>(['media:read', 'media:write']);
  const [days, setDays] = useState<number | string>('');
  const create = useAction(
    () =>
      body(api.POST('/api/v1/auth/api-keys', { body: { name, scopes: picked, ...(typeof days === 'number' ? { expires_in_days: days } : {}) } })),
    keysKey,
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(undefined, { onSuccess: () => setName('') });
      }}
    >
      <Group align="end" gap="sm">
        <TextInput label={t('keys.name')} required maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <MultiSelect label={t('keys.scopes')} data={scopes} value={picked} onChange={setPicked} maw={320} />
        <NumberInput label={t('keys.days')} placeholder={t('keys.never')} min={1} max={3650} w={120} value={days} onChange={setDays} />
        <Button type="submit" loading={create.isPending}>
          {t('keys.create')}
        </Button>
      </Group>
      {create.data && (
        <Alert mt="sm" color="teal" title={t('keys.shownOnce')}>
          <Group gap="sm">
            <Code fz="sm">{create.data.key}</Code>
            <CopyButton value={create.data.key} />
          </Group>
        </Alert>
      )}
    </form>
  );
}
