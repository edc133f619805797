import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { ErrorView } from '../../ui/ErrorView';
import { useAction } from '../../ui/useAction';
import { SecretInput } from '../../ui/SecretInput';
import { useAccount } from '../session/session';

export function PasswordSection() {
  const { t } = useTranslation();
  const account = useAccount();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const hasPassword = account.data?.has_password ?? false;
  const change = useAction(
    () => api.POST('/api/v1/auth/change-password', { body: { new_password: next, ...(hasPassword ? { current_password: current } : {}) } }),
    ['me'],
    t('settings.passwordChanged'),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(undefined, {
          onSuccess: () => {
            setCurrent('');
            setNext('');
          },
        });
      }}
    >
      <Stack maw={420}>
        <Text size="sm" c="dimmed">
          {t(hasPassword ? 'settings.passwordEnds' : 'settings.passwordNone')}
        </Text>
        {hasPassword && (
          <SecretInput label={t('settings.passwordCurrent')} autoComplete="current-password" required value={current} onChange={(event) => setCurrent(event.currentTarget.value)} />
        )}
        <SecretInput label={t('settings.passwordNew')} autoComplete="new-password" required minLength={12} value={next} onChange={(event) => setNext(event.currentTarget.value)} />
        {change.isError && <ErrorView error={change.error} />}
        <Button type="submit" loading={change.isPending} w="fit-content">
          {t('save')}
        </Button>
      </Stack>
    </form>
  );
}
