import { Button } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorView } from '../../ui/ErrorView';
import { useSubmit } from './useSubmit';

/** The cure for a stream that has not begun: it is waited for, and recorded once it does. */
export function WaitForStart({ url, onDone }: { url: string; onDone: () => void }) {
  const { t } = useTranslation();
  const submit = useSubmit();
  const [key] = useState(() => crypto.randomUUID?.() ?? String(Math.random()));
  return (
    <>
      <Button
        mt="sm"
        leftSection={<IconClock size={18} aria-hidden />}
        loading={submit.isPending}
        onClick={() => submit.mutate({ request: { url, wait_for_live: true }, key }, { onSuccess: onDone })}
      >
        {t('add.recordLater')}
      </Button>
      {submit.isError && <ErrorView error={submit.error} />}
    </>
  );
}
