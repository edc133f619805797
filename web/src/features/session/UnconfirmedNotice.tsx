import { Alert, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useResend } from './confirming';
import type { Account } from './session';

/** Says that the account's address waits to be confirmed, and sends the link again. */
export function UnconfirmedNotice({ account }: { account: Account }) {
  const { t } = useTranslation();
  const resend = useResend();
  if (account.is_verified) return null;
  return (
    <Alert color="yellow" mb="md">
      <Group justify="space-between">
        <Text size="sm">{t(resend.isSuccess ? 'confirm.sent' : 'confirm.waiting', { email: account.email })}</Text>
        <Button size="xs" variant="default" loading={resend.isPending} disabled={resend.isSuccess} onClick={() => resend.mutate(account.email)}>
          {t('confirm.again')}
        </Button>
      </Group>
    </Alert>
  );
}
