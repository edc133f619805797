import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/error';

/** A failure in the server's own words; that there was no server to have any, in the reader's language. */
export function useErrorText(): (error: Error) => { title: string; message: string } {
  const { t } = useTranslation();
  return useCallback(
    (error) =>
      error instanceof ApiError && error.code === 'unreachable'
        ? { title: t('error.unreachable'), message: t('error.unreachableHint') }
        : { title: t('error.title'), message: error.message },
    [t],
  );
}
