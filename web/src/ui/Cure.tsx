import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

type Label = 'error.cure.cookies' | 'error.cure.usage' | 'error.cure.signIn' | 'error.cure.choose';

const cures: Readonly<Record<string, { to: string; label: Label }>> = {
  login_required: { to: '/settings/cookies', label: 'error.cure.cookies' },
  private_content: { to: '/settings/cookies', label: 'error.cure.cookies' },
  age_restricted: { to: '/settings/cookies', label: 'error.cure.cookies' },
  source_blocked: { to: '/settings/cookies', label: 'error.cure.cookies' },
  insufficient_credits: { to: '/usage', label: 'error.cure.usage' },
  insufficient_api_balance: { to: '/usage', label: 'error.cure.usage' },
  unauthenticated: { to: '/sign-in', label: 'error.cure.signIn' },
};

/** Too much of it was wanted: less of it may be had. */
const tooMuch = new Set(['too_large', 'too_long', 'unknown_format', 'unsupported_format', 'format_unavailable']);

/** The place that leads out of a refusal, where there is one; of a job's, the choice as well. */
export function Cure({ code, url }: { code: string; url?: string }) {
  const { t } = useTranslation();
  const cure = cures[code] ?? (url !== undefined && tooMuch.has(code) ? { to: `/?url=${encodeURIComponent(url)}`, label: 'error.cure.choose' as const } : undefined);
  return cure ? (
    <Button component={Link} href={cure.to} size="compact-sm" variant="light">
      {t(cure.label)}
    </Button>
  ) : null;
}
