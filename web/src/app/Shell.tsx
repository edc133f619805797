import { ActionIcon, Alert, AppShell, Group, NavLink, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconBooks, IconChartBar, IconDownload, IconMoon, IconPlugConnectedX, IconSettings, IconShieldCog, IconSun } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useStreamState } from '../events/JobsProvider';
import type { Account as SignedIn } from '../features/session/session';
import { AccountButton } from './AccountButton';
import classes from './Shell.module.css';

const AccountMenu = lazy(() => import('./AccountMenu').then((room) => ({ default: room.AccountMenu })));

const rooms = [
  { path: '/', label: 'nav.add', Icon: IconDownload },
  { path: '/library', label: 'nav.library', Icon: IconBooks },
  { path: '/usage', label: 'nav.usage', Icon: IconChartBar },
  { path: '/settings', label: 'nav.settings', Icon: IconSettings },
] as const;

/** The frame around every room: where one is, and who one is. Below on a phone, beside on anything wider. */
export function Shell({ account, children }: { account: SignedIn; children: ReactNode }) {
  const { t } = useTranslation();
  const [here] = useLocation();
  const isHere = (path: string) => (path === '/' ? here === '/' : here.startsWith(path));
  const all = [...rooms, ...(account.role === 'administrator' ? [{ path: '/admin', label: 'nav.admin', Icon: IconShieldCog } as const] : [])];
  return (
    <AppShell header={{ height: 56 }} navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: true } }} footer={{ height: { base: 60, sm: 0 } }} padding="md">
      <a href="#main" className={classes.skip}>
        {t('nav.skip')}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between">
          <UnstyledButton component={Link} href="/" aria-label="Decant" className={classes.brand}>
            <img src="/icon.svg" alt="" className={classes.icon} />
            <Text fw={700} size="lg">
              Decant
            </Text>
          </UnstyledButton>
          <Group gap="xs">
            <ThemeButton />
            <Account account={account} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" visibleFrom="sm" aria-label={t('nav.label')}>
        {all.map(({ path, label, Icon }) => (
          <NavLink
            key={path}
            component={Link}
            href={path}
            label={t(label)}
            leftSection={<Icon size={20} stroke={1.6} aria-hidden />}
            active={isHere(path)}
            aria-current={isHere(path) ? 'page' : undefined}
            className={classes.nav}
          />
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
        <div className={classes.content} data-wide={isHere('/library') || undefined}>
          <ServerAway />
          {children}
        </div>
      </AppShell.Main>
      <AppShell.Footer hiddenFrom="sm" component="nav" aria-label={t('nav.label')} className={classes.footer}>
        {all.map(({ path, label, Icon }) => (
          <Link key={path} href={path} className={classes.tab} aria-current={isHere(path) ? 'page' : undefined}>
            <Icon size={22} stroke={1.6} aria-hidden />
            <span>{t(label === 'nav.admin' ? 'nav.adminShort' : label)}</span>
          </Link>
        ))}
      </AppShell.Footer>
    </AppShell>
  );
}

/** In every room: what is shown may be old, and what is sent does not arrive. */
function ServerAway() {
  const { t } = useTranslation();
  if (useStreamState() !== 'lost') return null;
  return (
    <Alert color="yellow" icon={<IconPlugConnectedX aria-hidden />} role="status" mb="md">
      {t('queue.lost')}
    </Alert>
  );
}

function ThemeButton() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const isDark = colorScheme === 'dark' || (colorScheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  const Icon = isDark ? IconSun : IconMoon;
  const label = t(isDark ? 'nav.light' : 'nav.dark');
  return (
    <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} title={label} onClick={() => setColorScheme(isDark ? 'light' : 'dark')}>
      <Icon size={20} aria-hidden />
    </ActionIcon>
  );
}

function Account({ account }: { account: SignedIn }) {
  const [isWanted, setIsWanted] = useState(false);
  const button = <AccountButton account={account} aria-haspopup="menu" aria-expanded={false} onClick={() => setIsWanted(true)} />;
  return isWanted ? (
    <Suspense fallback={button}>
      <AccountMenu account={account} />
    </Suspense>
  ) : (
    button
  );
}
