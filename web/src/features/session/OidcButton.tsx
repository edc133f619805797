import { Alert, Button, Divider } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import { useServer } from '../../api/server';

/** The way in through the operator's OpenID Connect provider, where there is one; and why it led nowhere. */
export function OidcButton({ back }: { back: string }) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const name = useServer().data?.oidc;
  if (name == null) return null;
  const outcome = params.get('oidc');
  return (
    <>
      {outcome !== null && <Alert color="red">{t(outcome === 'refused' ? 'oidc.refused' : 'oidc.failed', { name })}</Alert>}
      <Button component="a" href={`/api/v1/auth/oidc?back=${encodeURIComponent(back)}`} variant="default">
        {t('oidc.with', { name })}
      </Button>
      <Divider label={t('oidc.or')} />
    </>
  );
}
