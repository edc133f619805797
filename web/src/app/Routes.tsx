import { Center, Loader } from '@mantine/core';
import { lazy, Suspense, useDeferredValue } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { JobsProvider } from '../events/JobsProvider';
import { AddPage } from '../features/add/AddPage';
import { Announcer } from '../features/queue/Announcer';
import { UnconfirmedNotice } from '../features/session/UnconfirmedNotice';
import { useAccount } from '../features/session/session';
import { ErrorView } from '../ui/ErrorView';
import { useLater } from './later';
import { NotFound } from './NotFound';
import { RouteBoundary } from './RouteBoundary';
import { Shell } from './Shell';

// The first route comes with the page; the others when they are opened.
const LibraryPage = lazy(() => import('../features/library/LibraryPage').then((room) => ({ default: room.LibraryPage })));
const UsagePage = lazy(() => import('../features/usage/UsagePage').then((room) => ({ default: room.UsagePage })));
const SettingsPage = lazy(() =>
  import('../features/settings/SettingsPage').then((room) => ({ default: room.SettingsPage })),
);
const AdminPage = lazy(() => import('../features/admin/AdminPage').then((room) => ({ default: room.AdminPage })));
const SignInPage = lazy(() => import('../features/session/SignInPage').then((room) => ({ default: room.SignInPage })));
const ConfirmPage = lazy(() => import('../features/session/ConfirmPage').then((room) => ({ default: room.ConfirmPage })));
const VisitorPage = lazy(() => import('../features/visitor/VisitorPage').then((room) => ({ default: room.VisitorPage })));

/** Of those who are signed in alone: whoever is led there signs in, and is there. */
const rooms = ['/library', '/usage', '/settings/:section?', '/admin/:section?'];

export function Routes() {
  const account = useAccount();
  // The first view is drawn in small turns, since a long turn of a phone's processor is felt; whatever changes later is drawn at once.
  const isKnown = useDeferredValue(account.data !== undefined);
  const who = isKnown ? account.data : undefined;
  const [here] = useLocation();
  useLater(who !== undefined);
  // Whoever was signed in goes on seeing what they had; that the server is away is said above it.
  if (account.isError && account.data === undefined) return <ErrorView error={account.error} onRetry={() => void account.refetch()} isWholePage />;
  if (who === undefined) return <Waiting />;
  return (
    <Suspense fallback={<Waiting />}>
      {who ? (
        <JobsProvider>
          <Announcer />
          <Shell account={who}>
            <UnconfirmedNotice account={who} />
            <RouteBoundary place={here}>
              <Suspense fallback={<Waiting />}>
                <Switch>
                  <Route path="/" component={AddPage} />
                  <Route path="/library" component={LibraryPage} />
                  <Route path="/usage" component={UsagePage} />
                  <Route path="/settings/:section?" component={SettingsPage} />
                  {who.role === 'administrator' && <Route path="/admin/:section?" component={AdminPage} />}
                  <Route path="/confirm">
                    <ConfirmPage />
                  </Route>
                  <Route component={NotFound} />
                </Switch>
              </Suspense>
            </RouteBoundary>
          </Shell>
        </JobsProvider>
      ) : (
        <Switch>
          <Route path="/sign-in" component={SignInPage} />
          <Route path="/confirm">
            <ConfirmPage isWholePage />
          </Route>
          {rooms.map((room) => (
            <Route key={room} path={room} component={SignInPage} />
          ))}
          <Route component={VisitorPage} />
        </Switch>
      )}
    </Suspense>
  );
}

function Waiting() {
  return (
    <Center mih="40vh">
      <Loader type="dots" />
    </Center>
  );
}
