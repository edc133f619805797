import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../events/types';
import { useJobActions } from '../queue/useJobActions';

export function RenameModal({ job, onClose }: { job: Job; onClose: () => void }) {
  const { t } = useTranslation();
  const { rename } = useJobActions();
  const [title, setTitle] = useState(job.title ?? job.url);
  return (
    <Modal opened onClose={onClose} title={t('job.rename')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate({ job, title: title.trim() });
          onClose();
        }}
      >
        <TextInput label={t('job.title')} value={title} required maxLength={500} data-autofocus onChange={(event) => setTitle(event.currentTarget.value)} />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" disabled={title.trim() === ''}>
            {t('save')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
