import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCopy } from './useCopy';

/** Copies what stands beside it. */
export function CopyButton({ value }: { value: string }) {
  const { t } = useTranslation();
  const copy = useCopy();
  return (
    <Button size="compact-sm" variant="light" onClick={() => void copy(value)}>
      {t('copy')}
    </Button>
  );
}
