import { ActionIcon, Box, Button, Group, Text, Textarea } from '@mantine/core';
import { IconClipboard } from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './LinkBox.module.css';

/** The box that takes links: typed, pasted or dropped. Pasting a link needs no further key. */
export function LinkBox({ onText, error }: { onText: (text: string) => boolean; error: string | undefined }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [isOver, setIsOver] = useState(false);

  const submit = (value: string) => {
    if (onText(value)) setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit(text);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    submit(event.dataTransfer.getData('text/uri-list') || event.dataTransfer.getData('text/plain'));
  };

  return (
    <Box
      className={classes.box}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={onDrop}
    >
      <Textarea
        aria-label={t('add.label')}
        placeholder={t('add.placeholder')}
        value={text}
        error={error}
        autosize
        minRows={1}
        maxRows={8}
        size="lg"
        variant="unstyled"
        autoFocus
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        inputMode="url"
        classNames={{ input: classes.input }}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text');
          if (text.trim() !== '' || !onText(pasted)) return;
          event.preventDefault();
        }}
      />
      <Group justify="space-between" mt="xs">
        <Text size="sm" c="dimmed" visibleFrom="sm">
          {t('add.hint')}
        </Text>
        <Group gap="xs" ms="auto">
          {'clipboard' in navigator && 'readText' in navigator.clipboard && (
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={t('add.paste')}
              title={t('add.paste')}
              onClick={() => void navigator.clipboard.readText().then(submit, () => undefined)}
            >
              <IconClipboard size={18} aria-hidden />
            </ActionIcon>
          )}
          <Button onClick={() => submit(text)} disabled={text.trim() === ''}>
            {t('add.look')}
          </Button>
        </Group>
      </Group>
    </Box>
  );
}
