import { Alert, Button, Card, Center, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { ErrorView } from '../../ui/ErrorView';
import { SecretInput } from '../../ui/SecretInput';
import { useConfirm } from './confirming';
import { useSignIn } from './session';

/** The place that the link of a confirmation mail leads to. A click confirms, and not the visit: mail programs open links to look at them. */
export function ConfirmPage({ isWholePage = false }: { isWholePage?: boolean }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [password, setPassword] = useState('');
  // Behind the #, so that it is in no request, no log and no Referer.
  const [token] = useState(() => location.hash.slice(1));
  const [isNew] = useState(() => new URLSearchParams(location.search).has('new'));
  const confirm = useConfirm();
  const signIn = useSignIn();

  const enter = async () => {
    const account = await confirm.mutateAsync({ token, password: isNew ? password : null });
    // It is used up, and nobody's business any more.
    if (!isNew) return go('/confirm', { replace: true });
    await signIn.mutateAsync({ username: account.email, password });
    go('/', { replace: true });
  };

  return (
    <Center mih="80vh" component={isWholePage ? 'main' : 'div'}>
      <Card withBorder w={380} maw="92vw" padding="xl">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            // Each refusal is shown below.
            enter().catch(() => undefined);
          }}
        >
          <Stack>
            <Title order={1} size="h3">
              {t('confirm.title')}
            </Title>
            {confirm.isSuccess ? (
              <>
                <Alert color="teal">{t('confirm.done', { email: confirm.data.email })}</Alert>
                <Button component={Link} href="/" variant="light">
                  {t('notFound.home')}
                </Button>
              </>
            ) : (
              <>
                <Text size="sm">{t(isNew ? 'confirm.typePassword' : 'confirm.click')}</Text>
                {isNew && (
                  <SecretInput
                    label={t('signIn.password')}
                    value={password}
                    autoComplete="current-password"
                    required
                    onChange={(event) => setPassword(event.currentTarget.value)}
                  />
                )}
                <Button type="submit" loading={confirm.isPending || signIn.isPending}>
                  {t('confirm.submit')}
                </Button>
              </>
            )}
            {(confirm.isError || signIn.isError) && <ErrorView error={confirm.error ?? signIn.error} />}
          </Stack>
        </form>
      </Card>
    </Center>
  );
}
