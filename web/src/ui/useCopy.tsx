import { TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** Copies a text and says so; where the browser lets no page do that, shows it marked, for the keyboard to copy. */
export function useCopy(): (text: string) => Promise<void> {
  const { t } = useTranslation();
  return useCallback(
    async (text) => {
      if ((await byClipboard(text)) || bySelection(text)) notifications.show({ message: t('copied') });
      else
        notifications.show({
          autoClose: false,
          message: <TextInput label={t('copyByHand')} readOnly value={text} dir="ltr" ref={(box) => box?.select()} />,
        });
    },
    [t],
  );
}

/** Only where the page came by https, or from this machine. */
async function byClipboard(text: string): Promise<boolean> {
  if (!('clipboard' in navigator) || navigator.clipboard === undefined) return false;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // Refused: there is another way.
  }
}

/** The older way, which every page may go from within a click. */
function bySelection(text: string): boolean {
  const before = document.activeElement;
  const box = Object.assign(document.createElement('textarea'), { value: text, readOnly: true });
  box.style.position = 'fixed';
  box.style.opacity = '0';
  // Within the dialog where one is open: it keeps the focus to itself.
  (before?.closest('[role=dialog]') ?? document.body).append(box);
  box.select();
  const isCopied = document.execCommand('copy');
  box.remove();
  if (before instanceof HTMLElement) before.focus();
  return isCopied;
}
