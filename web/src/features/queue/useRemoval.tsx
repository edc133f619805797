import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { hideJobs, unhideJobs } from '../../events/jobs';
import type { Job } from '../../events/types';
import { useErrorText } from '../../ui/useErrorText';

const timeToUndo = 6_000;

/** Of removals that can still be undone, the jobs. A page that is left takes its word for them. */
const pending = new Set<readonly number[]>();

const deletion = (ids: readonly number[], keepalive = false) =>
  body(api.POST('/api/v1/video/video-download/jobs/delete', { body: { ids: [...ids] }, keepalive }));

addEventListener('pagehide', () => {
  // Nobody is there any more to be told of a refusal; what was not deleted is shown again by the next page.
  for (const ids of pending) deletion(ids, true).catch(() => undefined);
  pending.clear();
});

/** Removes jobs and their files, after a while in which it can be undone: what is out of sight is deleted only then. */
export function useRemoval() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const say = useErrorText();

  const remove = (jobs: readonly Job[]) => {
    const ids = jobs.map((job) => job.id);
    const hidden = new Set(ids);
    hideJobs(queries, hidden);
    pending.add(ids);
    let isUndone = false;
    const id = notifications.show({
      autoClose: timeToUndo,
      message: (
        <Group justify="space-between">
          <Text size="sm">{t('library.removed', { count: ids.length })}</Text>
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => {
              isUndone = true;
              notifications.hide(id);
            }}
          >
            {t('library.undo')}
          </Button>
        </Group>
      ),
      onClose: () => {
        if (!pending.delete(ids)) return;
        if (isUndone) return unhideJobs(queries, hidden, jobs);
        deletion(ids).then(
          () => unhideJobs(queries, hidden, []),
          (error: Error) => {
            unhideJobs(queries, hidden, jobs);
            notifications.show({ color: 'red', ...say(error) });
          },
        );
      },
    });
  };
  return { remove };
}
