import { Badge, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, body, type Schemas } from '../../api/client';
import { ApiError } from '../../api/error';
import { Loaded } from '../../ui/Loaded';
import { QueueFigures } from './QueueFigures';

type Readiness = Schemas['Readiness'];

/** What this machine has, and what is missing. */
export function MachineSection() {
  const { t } = useTranslation();
  const ready = useQuery<Readiness>({
    queryKey: ['readyz'],
    // It answers 503 with the same body when something is missing: that is what is to be shown.
    queryFn: async ({ signal }) => {
      try {
        return await body(api.GET('/readyz', { signal }));
      } catch (error) {
        if (error instanceof ApiError && error.status === 503 && 'parts' in error.figures) return error.figures as unknown as Readiness;
        throw error;
      }
    },
    refetchInterval: 15_000,
  });
  return (
    <Loaded query={ready}>
      {(view) => (
        <Stack>
          <Badge color={view.status === 'ready' ? 'teal' : 'red'} variant="light" size="lg" tt="none">
            {t(view.status === 'ready' ? 'admin.ready' : 'admin.notReady')}
          </Badge>
          <QueueFigures />
          <Table verticalSpacing="xs">
            <Table.Tbody>
              {view.parts.map((part) => (
                <Table.Tr key={part.name}>
                  <Table.Td>{part.name}</Table.Td>
                  <Table.Td>
                    <Badge color={part.present ? 'teal' : part.optional ? 'yellow' : 'red'} variant="light" tt="none">
                      {t(part.present ? 'admin.present' : 'admin.missing')}
                    </Badge>
                  </Table.Td>
                  <Table.Td>
                    <Text size="sm" c="dimmed">
                      {part.detail}
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
