import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { jobKey } from '../../events/jobs';
import { useAction } from '../../ui/useAction';

/** Fetches all files of a batch as one archive. */
export function useZip() {
  const { t } = useTranslation();
  return useAction(async (id: string) => {
    const batch = await body(api.GET('/api/v1/video/video-download/batches/{id}', { params: { path: { id } } }));
    if (batch.archive_url != null) location.assign(batch.archive_url);
    else notifications.show({ color: 'yellow', message: t('job.zipNone') });
  }, jobKey.lists);
}
