import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { hideJobs, unhideJobs } from '../../events/jobs';
import { deleteJobs, holdRemoval, takeRemoval } from '../../events/removals';
import type { Job } from '../../events/types';
import { useErrorText } from '../../ui/useErrorText';

const timeToUndo = 6_000;

/** Removes jobs and their files, after a while in which it can be undone: what is out of sight is deleted only then. */
export function useRemoval() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const say = useErrorText();

  const remove = (jobs: readonly Job[]) => {
    const ids = jobs.map((job) => job.id);
    const hidden = new Set(ids);
    hideJobs(queries, hidden);
    holdRemoval(ids);
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
        if (!takeRemoval(ids)) return;
        if (isUndone) return unhideJobs(queries, hidden, jobs);
        deleteJobs(ids).then(
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
