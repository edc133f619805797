import { Button, Card, Center, PasswordInput, SegmentedControl, Stack, Text, TextInput, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'wouter';
import { ErrorView } from '../../ui/ErrorView';
import { useSignIn } from './session';

/** Sign-in by password or key; or by the link that the server printed, which works once. */
export function SignInPage() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [params] = useSearchParams();
  const [way, setWay] = useState<'password' | 'key'>('password');
  const [username, setUsername] = useState('');
  const [secret, setSecret] = useState('');
  const signIn = useSignIn();
  const link = params.get('link');

  const { mutate } = signIn;
  useEffect(() => {
    if (link !== null) mutate({ link }, { onSuccess: () => go('/settings/password') });
  }, [link, mutate, go]);

  return (
    <Center mih="80vh" component="main">
      <Card withBorder w={380} maw="92vw" padding="xl">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            signIn.mutate(way === 'password' ? { username, password: secret } : { api_key: secret }, { onSuccess: () => go('/') });
          }}
        >
          <Stack>
            <Title order={1} size="h3">
              {t('signIn.title')}
            </Title>
            <SegmentedControl
              value={way}
              onChange={(value) => setWay(value as typeof way)}
              data={[
                { value: 'password', label: t('signIn.byPassword') },
                { value: 'key', label: t('signIn.byKey') },
              ]}
            />
            {way === 'password' && (
              <TextInput
                type="email"
                label={t('signIn.email')}
                value={username}
                autoComplete="username"
                required
                onChange={(event) => setUsername(event.currentTarget.value)}
              />
            )}
            <PasswordInput
              label={t(way === 'password' ? 'signIn.password' : 'signIn.key')}
              value={secret}
              autoComplete={way === 'password' ? 'current-password' : 'off'}
              required
              onChange={(event) => setSecret(event.currentTarget.value)}
            />
            {signIn.isError && <ErrorView error={signIn.error} />}
            <Button type="submit" loading={signIn.isPending}>
              {t('signIn.submit')}
            </Button>
            <Text size="xs" c="dimmed">
              {t('signIn.firstStart')}
            </Text>
          </Stack>
        </form>
      </Card>
    </Center>
  );
}
