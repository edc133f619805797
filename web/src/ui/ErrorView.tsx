import { Alert, Button, Center, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/error';
import { formatTime } from '../i18n/format';
import { Cure } from './Cure';
import { WaitUntil } from './WaitUntil';

interface Props {
  error: unknown;
  /** The address or thing that the error is about. */
  subject?: string;
  onRetry?: () => void;
  /** Tries again by itself where the server says when. */
  isPatient?: boolean;
  /** Takes another quality, where the answer names one that can be had. */
  onQuality?: (quality: string) => void;
  isWholePage?: boolean;
}

/** A refusal in its own words, with the cure there is for it. */
export function ErrorView({ error, subject, onRetry, isPatient = false, onQuality, isWholePage = false }: Props) {
  const { t, i18n } = useTranslation();
  const refusal = error instanceof ApiError ? error : undefined;
  const code = refusal?.code ?? 'internal_error';
  const titleKey = `error.${code}`;
  const again = useMemo(() => (refusal?.retryAfter === undefined ? undefined : Date.now() + refusal.retryAfter * 1000), [refusal]);
  const fits = refusal?.figures['quality_that_fits'];
  const startsAt = refusal?.figures['starts_at'];
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
        {code === 'unreachable'
          ? t('error.unreachableHint')
          : // The server says it in its own language and time.
            code === 'not_started' && typeof startsAt === 'string'
            ? t('error.startsAt', { time: formatTime(startsAt) })
            : (error as Error).message}
      </Text>
      {again !== undefined && <WaitUntil key={again} time={again} onOver={isPatient ? onRetry : undefined} />}
      <Group gap="xs" mt="xs">
        <Cure code={code} />
        {onQuality && typeof fits === 'string' && (
          <Button size="compact-sm" variant="light" onClick={() => onQuality(fits)}>
            {t('error.cure.quality', { quality: fits })}
          </Button>
        )}
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
