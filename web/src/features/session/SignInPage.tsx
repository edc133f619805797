import { Alert, Button, Card, Center, Loader, SegmentedControl, Stack, Text, TextInput, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { ApiError } from '../../api/error';
import { ErrorView } from '../../ui/ErrorView';
import { WithCode } from '../../ui/WithCode';
import { SecretInput } from '../../ui/SecretInput';
import { roomOf } from './next';
import { OidcButton } from './OidcButton';
import { type SignIn, useSignIn } from './session';

/** Sign-in by password or key; or by the link that the server printed, which works once. */
export function SignInPage() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [way, setWay] = useState<'password' | 'key'>('password');
  const [username, setUsername] = useState('');
  const [secret, setSecret] = useState('');
  const signIn = useSignIn();
  // Behind the #, so that it is in no request, no log and no Referer.
  const [link] = useState(() => new URLSearchParams(location.hash.slice(1)).get('link'));

  // Who came to a room that wants to know who one is, is in it already.
  const [here] = useLocation();
  const [room] = useState(() => (here === '/sign-in' ? roomOf(new URLSearchParams(location.search).get('next')) : here + location.search));
  // Of the server's words the reader may know none, and this is the commonest of its refusals.
  const isWrong = signIn.error instanceof ApiError && (signIn.error.status === 401 || signIn.error.code === 'key_revoked');

  const { mutateAsync } = signIn;
  // The promise, and not a callback of `mutate`: that one is not called where the page is gone by then.
  const enter = (how: SignIn, room: string) =>
    void mutateAsync(how).then(
      () => go(room, { replace: true }),
      () => undefined,
    );
  useEffect(() => {
    if (link !== null) enter({ link }, '/settings/password');
    // Once: the link is used up by it.
  }, [link]);
  if (link !== null && !signIn.isError)
    return (
      <Center mih="80vh" component="main">
        <Loader type="dots" />
      </Center>
    );

  return (
    <Center mih="80vh" component="main">
      <Card withBorder w={380} maw="92vw" padding="xl">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            enter(way === 'password' ? { username, password: secret } : { api_key: secret }, room);
          }}
        >
          <Stack>
            <Title order={1} size="h3">
              {t('signIn.title')}
            </Title>
            {room !== '/' && (
              <Text size="sm" c="dimmed">
                {t('signIn.first')}
              </Text>
            )}
            <OidcButton back={room} />
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
            <SecretInput
              label={t(way === 'password' ? 'signIn.password' : 'signIn.key')}
              value={secret}
              autoComplete={way === 'password' ? 'current-password' : 'off'}
              required
              onChange={(event) => setSecret(event.currentTarget.value)}
            />
            {signIn.isError &&
              (isWrong ? (
                <Alert color="red" role="alert">
                  {t(way === 'password' ? 'signIn.wrongPassword' : 'signIn.wrongKey')}
                </Alert>
              ) : (
                <ErrorView error={signIn.error} />
              ))}
            <Button type="submit" loading={signIn.isPending}>
              {t('signIn.submit')}
            </Button>
            <Text size="xs" c="dimmed">
              <WithCode text={t('signIn.firstStart')} />
            </Text>
          </Stack>
        </form>
      </Card>
    </Center>
  );
}
