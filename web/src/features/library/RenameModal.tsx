import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export function RenameModal({ name, onRename, onClose }: { name: string; onRename: (title: string) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const [title, setTitle] = useState(name);
  return (
    <Modal opened onClose={onClose} title={t('job.rename')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onRename(title.trim());
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
