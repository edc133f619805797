import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { formatDate, formatRelative } from '../../i18n/format';
import { Loaded } from '../../ui/Loaded';
import { useAction } from '../../ui/useAction';
import { readAgent } from './agent';
import { SilentHead, WideTable } from '../../ui/WideTable';

const sessionsKey = ['sessions'] as const;

/** Where one is signed in; each session but this one can be ended from here. */
export function SessionsSection() {
  const { t } = useTranslation();
  const agentOf = (agent: string | null) => {
    const known = agent === null ? undefined : readAgent(agent);
    return known === undefined ? agent : t('sessions.agentOn', known);
  };
  const sessions = useQuery({
    queryKey: sessionsKey,
    queryFn: ({ signal }) => body(api.GET('/api/v1/auth/sessions', { params: { query: { limit: 200 } }, signal })),
  });
  const end = useAction((id: string) => api.DELETE('/api/v1/auth/sessions/{id}', { params: { path: { id } } }), sessionsKey);
  const endOthers = useAction(() => api.DELETE('/api/v1/auth/sessions'), sessionsKey, t('sessions.ended'));
  return (
    <Loaded query={sessions}>
      {(page) => (
        <Stack>
          <WideTable label={t('sessions.title')} minWidth={340}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('sessions.what')}</Table.Th>
                <Table.Th>{t('sessions.since')}</Table.Th>
                <Table.Th visibleFrom="sm">{t('sessions.expires')}</Table.Th>
                <SilentHead>{t('sessions.end')}</SilentHead>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {page.items.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td>
                    <Group gap="xs">
                      {t(`sessions.kind.${one.kind}`)}
                      {one.current && (
                        <Badge variant="light" tt="none">
                          {t('sessions.here')}
                        </Badge>
                      )}
                    </Group>
                    <Text size="xs" c="dimmed" dir="auto" lineClamp={1}>
                      {[one.address, agentOf(one.user_agent)].filter(Boolean).join(' · ')}
                    </Text>
                  </Table.Td>
                  <Table.Td>{formatRelative(one.created_at)}</Table.Td>
                  <Table.Td visibleFrom="sm">{formatDate(one.expires_at)}</Table.Td>
                  <Table.Td ta="end">
                    {!one.current && (
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        color="red"
                        aria-label={t('sessions.endNamed', { name: one.address ?? t(`sessions.kind.${one.kind}`) })}
                        onClick={() => end.mutate(one.id)}
                      >
                        {t('sessions.end')}
                      </Button>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </WideTable>
          {page.items.some((one) => !one.current) && (
            <Button variant="light" color="red" w="fit-content" loading={endOthers.isPending} onClick={() => endOthers.mutate(undefined)}>
              {t('sessions.endOthers')}
            </Button>
          )}
        </Stack>
      )}
    </Loaded>
  );
}
