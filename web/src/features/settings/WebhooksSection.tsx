import { Alert, Badge, Button, Card, Code, Collapse, Group, Stack, Switch, Table, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body, type Schemas } from '../../api/client';
import { formatTime } from '../../i18n/format';
import { CopyButton } from '../../ui/CopyButton';
import { Loaded } from '../../ui/Loaded';
import { useAction } from '../../ui/useAction';
import { WideTable } from '../../ui/WideTable';

type Endpoint = Schemas['EndpointView'];

const endpointsKey = ['webhooks'] as const;

/** Addresses that are told of jobs that end: made, tested, rotated, with the log of what they were sent. */
export function WebhooksSection() {
  const { t } = useTranslation();
  const [url, setUrl] = useState('');
  const endpoints = useQuery({ queryKey: endpointsKey, queryFn: ({ signal }) => body(api.GET('/api/v1/webhooks/endpoints', { signal })) });
  const create = useAction(() => body(api.POST('/api/v1/webhooks/endpoints', { body: { url } })), endpointsKey);
  return (
    <Stack>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(undefined, { onSuccess: () => setUrl('') });
        }}
      >
        <Group align="end">
          <TextInput type="url" label={t('webhooks.address')} placeholder="https://" required flex="1 1 20rem" value={url} onChange={(event) => setUrl(event.currentTarget.value)} />
          <Button type="submit" loading={create.isPending}>
            {t('webhooks.create')}
          </Button>
        </Group>
      </form>
      {create.data?.secret && <Secret value={create.data.secret} />}
      <Loaded query={endpoints} empty={t('webhooks.none')} isEmpty={(list) => list.items.length === 0}>
        {(list) => list.items.map((endpoint) => <EndpointCard key={endpoint.id} endpoint={endpoint} />)}
      </Loaded>
    </Stack>
  );
}

function Secret({ value }: { value: string }) {
  const { t } = useTranslation();
  return (
    <Alert color="teal" title={t('webhooks.secret')}>
      <Group gap="sm">
        <Code fz="sm">{value}</Code>
        <CopyButton value={value} />
      </Group>
    </Alert>
  );
}

function EndpointCard({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const path = { params: { path: { id: endpoint.id } } };
  const test = useAction(() => body(api.POST('/api/v1/webhooks/endpoints/{id}/test', path)), ['deliveries', endpoint.id]);
  const rotate = useAction(() => body(api.POST('/api/v1/webhooks/endpoints/{id}/rotate-secret', { ...path, body: {} })), endpointsKey);
  const change = useAction((enabled: boolean) => api.PATCH('/api/v1/webhooks/endpoints/{id}', { ...path, body: { enabled } }), endpointsKey);
  const remove = useAction(() => api.DELETE('/api/v1/webhooks/endpoints/{id}', path), endpointsKey);
  return (
    <Card withBorder>
      <Group justify="space-between" wrap="nowrap">
        <Text fw={550} truncate dir="ltr">
          {endpoint.url}
        </Text>
        <Switch aria-label={t('webhooks.active')} checked={endpoint.enabled} onChange={(event) => change.mutate(event.currentTarget.checked)} />
      </Group>
      <Text size="sm" c="dimmed">
        {endpoint.events.join(', ')}
      </Text>
      {endpoint.disabled_reason && (
        <Text size="sm" c="red">
          {endpoint.disabled_reason}
        </Text>
      )}
      <Group gap="xs" mt="sm">
        <Button size="compact-sm" variant="light" loading={test.isPending} onClick={() => test.mutate(undefined, { onSuccess: () => setIsOpen(true) })}>
          {t('webhooks.test')}
        </Button>
        <Button size="compact-sm" variant="light" onClick={() => rotate.mutate(undefined)}>
          {t('webhooks.rotate')}
        </Button>
        <Button size="compact-sm" variant="subtle" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {t('webhooks.log')}
        </Button>
        <Button size="compact-sm" variant="subtle" color="red" onClick={() => remove.mutate(undefined)}>
          {t('job.delete')}
        </Button>
      </Group>
      {rotate.data?.secret && <Secret value={rotate.data.secret} />}
      <Collapse expanded={isOpen}>{isOpen && <Deliveries id={endpoint.id} />}</Collapse>
    </Card>
  );
}

function Deliveries({ id }: { id: number }) {
  const { t } = useTranslation();
  const key = ['deliveries', id] as const;
  const log = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => body(api.GET('/api/v1/webhooks/endpoints/{id}/deliveries', { params: { path: { id }, query: { limit: 50 } }, signal })),
    refetchInterval: 5_000,
  });
  const again = useAction((delivery: number) => api.POST('/api/v1/webhooks/deliveries/{id}/redeliver', { params: { path: { id: delivery } } }), key);
  return (
    <Loaded query={log} empty={t('webhooks.nothingSent')} isEmpty={(list) => list.items.length === 0}>
      {(list) => (
        <WideTable label={t('webhooks.log')} minWidth={480}>
          <Table.Tbody>
            {list.items.map((one) => (
              <Table.Tr key={one.id}>
                <Table.Td>{one.event_type}</Table.Td>
                <Table.Td>{formatTime(one.created_at)}</Table.Td>
                <Table.Td>
                  <Badge variant="light" color={one.response_status != null && one.response_status < 300 ? 'teal' : 'yellow'} tt="none">
                    {one.response_status ?? one.error ?? one.status}
                  </Badge>
                </Table.Td>
                <Table.Td ta="end">
                  <Button size="compact-xs" variant="subtle" onClick={() => again.mutate(one.id)}>
                    {t('webhooks.redeliver')}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </WideTable>
      )}
    </Loaded>
  );
}
