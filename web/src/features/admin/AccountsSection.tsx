import { Badge, Button, Group, Menu, Modal, NumberInput, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body, type Schemas } from '../../api/client';
import { useHasPrices } from '../../api/server';
import { formatDate, formatNumber } from '../../i18n/format';
import { ErrorView } from '../../ui/ErrorView';
import { Loaded } from '../../ui/Loaded';
import { useAction } from '../../ui/useAction';
import { SilentHead, WideTable } from '../../ui/WideTable';
import { SecretInput } from '../../ui/SecretInput';

type Account = Schemas['AccountView'];

const pageSize = 100;
const usersKey = ['admin', 'users'] as const;

export function AccountsSection() {
  const { t } = useTranslation();
  const hasPrices = useHasPrices();
  const [search, setSearch] = useState('');
  const [words] = useDebouncedValue(search.trim(), 250);
  const [isNew, setIsNew] = useState(false);
  const users = useInfiniteQuery({
    queryKey: [...usersKey, words],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      body(api.GET('/api/v1/admin/users', { params: { query: { limit: pageSize, skip: pageParam, ...(words === '' ? {} : { search: words }) } }, signal })),
    getNextPageParam: (page) => (page.skip + page.items.length < page.total ? page.skip + page.items.length : undefined),
  });
  return (
    <Stack>
      <Group justify="space-between">
        <TextInput type="search" aria-label={t('admin.search')} placeholder={t('admin.search')} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
        <Button onClick={() => setIsNew(true)}>{t('admin.newAccount')}</Button>
      </Group>
      <Loaded query={users}>
        {({ pages }) => (
          <WideTable label={t('admin.accounts')} minWidth={340}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('signIn.email')}</Table.Th>
                {hasPrices && <Table.Th ta="end">{t('usage.credits')}</Table.Th>}
                {hasPrices && <Table.Th ta="end" visibleFrom="sm">{t('usage.wallet')}</Table.Th>}
                <Table.Th visibleFrom="sm">{t('admin.since')}</Table.Th>
                <SilentHead>{t('admin.actions')}</SilentHead>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {pages
                .flatMap((page) => page.items)
                .map((account) => (
                  <AccountRow key={account.id} account={account} />
                ))}
            </Table.Tbody>
          </WideTable>
        )}
      </Loaded>
      {users.hasNextPage && (
        <Button variant="subtle" w="fit-content" loading={users.isFetchingNextPage} onClick={() => void users.fetchNextPage()}>
          {t('library.more')}
        </Button>
      )}
      {isNew && <NewAccount onClose={() => setIsNew(false)} />}
    </Stack>
  );
}

function AccountRow({ account }: { account: Account }) {
  const { t } = useTranslation();
  const hasPrices = useHasPrices();
  const [isGranting, setIsGranting] = useState(false);
  const path = { params: { path: { id: account.id } } };
  const enable = useAction(
    (isActive: boolean) => (isActive ? api.POST('/api/v1/admin/users/{id}/enable', path) : api.POST('/api/v1/admin/users/{id}/disable', path)),
    usersKey,
  );
  const role = useAction((name: Account['role']) => api.PUT('/api/v1/admin/users/{id}/role', { ...path, body: { role: name } }), usersKey);
  const isAdministrator = account.role === 'administrator';
  return (
    <Table.Tr>
      <Table.Td>
        {account.email}
        <Group gap={4}>
          {isAdministrator && (
            <Badge size="sm" variant="light" tt="none">
              {t('admin.administrator')}
            </Badge>
          )}
          {!account.is_active && (
            <Badge size="sm" color="red" variant="light" tt="none">
              {t('admin.disabled')}
            </Badge>
          )}
        </Group>
      </Table.Td>
      {hasPrices && <Table.Td ta="end">{formatNumber(account.credits_balance)}</Table.Td>}
      {hasPrices && (
        <Table.Td ta="end" visibleFrom="sm">
          {account.wallet_balance_usd}
        </Table.Td>
      )}
      <Table.Td visibleFrom="sm">{formatDate(account.created_at)}</Table.Td>
      <Table.Td ta="end">
        <Menu position="bottom-end">
          <Menu.Target>
            <Button size="compact-sm" variant="subtle" aria-label={t('admin.actionsOf', { email: account.email })}>
              {t('admin.actions')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {hasPrices && <Menu.Item onClick={() => setIsGranting(true)}>{t('admin.grant')}</Menu.Item>}
            <Menu.Item onClick={() => enable.mutate(!account.is_active)}>{t(account.is_active ? 'admin.disable' : 'admin.enable')}</Menu.Item>
            <Menu.Item onClick={() => role.mutate(isAdministrator ? 'user' : 'administrator')}>
              {t(isAdministrator ? 'admin.makeUser' : 'admin.makeAdministrator')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        {isGranting && <Grant account={account} onClose={() => setIsGranting(false)} />}
      </Table.Td>
    </Table.Tr>
  );
}

function Grant({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useTranslation();
  const [credits, setCredits] = useState<number | string>('');
  const [dollars, setDollars] = useState<number | string>('');
  const [note, setNote] = useState('');
  const [key] = useState(() => crypto.randomUUID?.() ?? String(Math.random()));
  const grant = useAction(
    () =>
      body(
        api.POST('/api/v1/admin/users/{id}/grants', {
          params: { path: { id: account.id }, header: { 'Idempotency-Key': key } },
          body: {
            ...(typeof credits === 'number' ? { credits } : {}),
            ...(typeof dollars === 'number' ? { wallet_cents: Math.round(dollars * 100) } : {}),
            note,
          },
        }),
      ),
    usersKey,
  );
  return (
    <Modal opened onClose={onClose} title={t('admin.grantTo', { email: account.email })} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          grant.mutate(undefined, { onSuccess: onClose });
        }}
      >
        <Stack>
          <NumberInput label={t('usage.credits')} min={1} value={credits} onChange={setCredits} data-autofocus />
          <NumberInput label={t('admin.dollars')} min={0.01} decimalScale={2} value={dollars} onChange={setDollars} />
          <TextInput label={t('admin.note')} required maxLength={500} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
          {grant.isError && <ErrorView error={grant.error} />}
          <Button type="submit" loading={grant.isPending} disabled={credits === '' && dollars === ''}>
            {t('admin.grant')}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}

function NewAccount({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const create = useAction(() => body(api.POST('/api/v1/admin/users', { body: { email, password } })), usersKey);
  return (
    <Modal opened onClose={onClose} title={t('admin.newAccount')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(undefined, { onSuccess: onClose });
        }}
      >
        <Stack>
          <TextInput type="email" label={t('signIn.email')} required value={email} onChange={(event) => setEmail(event.currentTarget.value)} data-autofocus />
          <SecretInput label={t('signIn.password')} required autoComplete="new-password" value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
          {create.isError && <ErrorView error={create.error} />}
          <Text size="xs" c="dimmed">
            {t('admin.tellThem')}
          </Text>
          <Button type="submit" loading={create.isPending}>
            {t('admin.newAccount')}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
