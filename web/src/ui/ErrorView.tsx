import { Alert, Button, Center, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ApiError } from '../api/error';

interface Props {
  error: unknown;
  /** The address or thing that the error is about. */
  subject?: string;
  onRetry?: () => void;
  isWholePage?: boolean;
}

/** A refusal in its own words, with the cure there is for it. */
export function ErrorView({ error, subject, onRetry, isWholePage = false }: Props) {
  const { t, i18n } = useTranslation();
  const refusal = error instanceof ApiError ? error : undefined;
  const code = refusal?.code ?? 'internal_error';
  const titleKey = `error.${code}`;
  const view = (
    <Alert
      color={refusal?.retryable ? 'yellow' : 'red'}
      icon={<IconAlertTriangle aria-hidden />}
      title={i18n.exists(titleKey) ? t(titleKey as 'error.unreachable') : t('error.title')}
      role="alert"
      // Else a long address pushes the words out of a narrow screen.
      styles={{ wrapper: { minWidth: 0 }, body: { minWidth: 0 } }}
      pe="xl"
    >
      {subject !== undefined && (
        <Text size="sm" fw={500} truncate dir="ltr">
          {subject}
        </Text>
      )}
      <Text size="sm" dir="auto">
        {code === 'unreachable' ? t('error.unreachableHint') : (error as Error).message}
      </Text>
      <Group gap="xs" mt="xs">
        <Cure code={code} />
        {onRetry && refusal?.retryable !== false && (
          <Button size="compact-sm" variant="light" onClick={onRetry}>
            {t('error.retry')}
          </Button>
        )}
      </Group>
    </Alert>
  );
  return isWholePage ? <Center mih="60vh">{view}</Center> : view;
}

const cures: Readonly<Record<string, { to: string; label: 'error.cure.cookies' | 'error.cure.usage' | 'error.cure.signIn' }>> = {
  login_required: { to: '/settings/cookies', label: 'error.cure.cookies' },
  private_content: { to: '/settings/cookies', label: 'error.cure.cookies' },
  age_restricted: { to: '/settings/cookies', label: 'error.cure.cookies' },
  source_blocked: { to: '/settings/cookies', label: 'error.cure.cookies' },
  insufficient_credits: { to: '/usage', label: 'error.cure.usage' },
  unauthenticated: { to: '/sign-in', label: 'error.cure.signIn' },
};

function Cure({ code }: { code: string }) {
  const { t } = useTranslation();
  const cure = cures[code];
  return cure ? (
    <Button component={Link} href={cure.to} size="compact-sm" variant="light">
      {t(cure.label)}
    </Button>
  ) : null;
}
