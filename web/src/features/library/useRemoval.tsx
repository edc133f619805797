import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { forgetJobs, jobKey } from '../../events/jobs';
import type { Job } from '../../events/types';
import { useJobActions } from '../queue/useJobActions';

const timeToUndo = 6_000;

/** Removes jobs and their files, after a while in which it can be undone: what is out of sight is deleted only then. */
export function useRemoval() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { remove: deletion } = useJobActions();

  const remove = (jobs: readonly Job[]) => {
    const ids = jobs.map((job) => job.id);
    forgetJobs(queries, new Set(ids));
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
        if (isUndone) void queries.invalidateQueries({ queryKey: jobKey.lists });
        else deletion.mutate(ids);
      },
    });
  };
  return { remove };
}
