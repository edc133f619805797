import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { formatRelative } from '../../i18n/format';
import { Loaded } from '../../ui/Loaded';
import { platformName } from '../../ui/PlatformBadge';
import { useAction } from '../../ui/useAction';

const extractorKey = ['admin', 'extractor'] as const;

/** The extractor, and how each platform answers it. */
export function PlatformsSection() {
  const { t } = useTranslation();
  const extractor = useQuery({ queryKey: extractorKey, queryFn: ({ signal }) => body(api.GET('/api/v1/admin/extractor', { signal })), refetchInterval: 30_000 });
  const reload = useAction(() => api.POST('/api/v1/admin/extractor/reload'), extractorKey, t('admin.reloaded'));
  return (
    <Loaded query={extractor}>
      {(view) => (
        <Stack>
          <Group justify="space-between">
            <div>
              <Text>
                yt-dlp {view.version ?? '–'} · {view.age_days != null && t('admin.age', { count: view.age_days })}
              </Text>
              <Text size="sm" c="dimmed">
                {view.javascript_runtime ?? view.reason}
              </Text>
            </div>
            <Button variant="light" loading={reload.isPending} onClick={() => reload.mutate(undefined)} aria-describedby="reload-what">
              {t('admin.reload')}
            </Button>
          </Group>
          <Text size="sm" c="dimmed" id="reload-what">
            {t('admin.reloadWhat')}
          </Text>
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('library.platform')}</Table.Th>
                <Table.Th>{t('admin.lastSuccess')}</Table.Th>
                <Table.Th>{t('admin.recentFailures')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {view.platforms.map((one) => (
                <Table.Tr key={one.platform}>
                  <Table.Td>{platformName(one.platform, t('add.otherPlatform'))}</Table.Td>
                  <Table.Td>
                    {one.left_alone_until ? (
                      <Badge color="red" variant="light" tt="none">
                        {t('admin.leftAlone', { when: formatRelative(one.left_alone_until) })}
                      </Badge>
                    ) : (
                      <Text size="sm" c="dimmed">
                        {one.last_success_at ? formatRelative(one.last_success_at) : '–'}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td>
                    <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                      {[...new Set(one.recent_failures.map((failure) => failure.code))].join(', ')}
                    </Text>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Stack>
      )}
    </Loaded>
  );
}
