import { Button, Group, Paper, Text, Transition } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './SelectionBar.module.css';
import { useRemoval } from '../queue/useRemoval';
import type { Selection } from './useSelection';

/** What can be done with several jobs at once; below, while any is ticked. */
export function SelectionBar({ selection }: { selection: Selection }) {
  const { t } = useTranslation();
  const removal = useRemoval();
  const links = selection.jobs.flatMap((job) => (job.download_url ? [job.download_url] : []));
  return (
    <Transition mounted={selection.jobs.length > 0} transition="slide-up">
      {(styles) => (
        <Paper withBorder shadow="md" p="sm" className={classes.bar} style={styles} role="toolbar" aria-label={t('library.selected')}>
          <Group justify="space-between">
            <Text size="sm">{t('library.selectedCount', { count: selection.jobs.length })}</Text>
            <Group gap="xs">
              <Button size="compact-sm" variant="light" disabled={links.length === 0} onClick={() => fetchAll(links)}>
                {t('job.download')}
              </Button>
              <Button
                size="compact-sm"
                variant="light"
                color="red"
                onClick={() => {
                  removal.remove(selection.jobs);
                  selection.clear();
                }}
              >
                {t('job.delete')}
              </Button>
              <Button size="compact-sm" variant="subtle" onClick={selection.clear}>
                {t('cancel')}
              </Button>
            </Group>
          </Group>
        </Paper>
      )}
    </Transition>
  );
}

/** One click a file: browsers ask once whether a page may save several. */
function fetchAll(links: readonly string[]): void {
  for (const href of links) {
    const link = Object.assign(document.createElement('a'), { href, download: '' });
    link.click();
  }
}
