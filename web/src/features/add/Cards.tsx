import { Stack } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AllCards } from './AllCards';
import { MediaCard } from './MediaCard';
import { builtIn, type DownloadRequest } from './presets';
import type { Card } from './useCards';

interface Props {
  list: readonly Card[];
  remove: (id: string) => void;
  clear: () => void;
  /** Told of those whose download was accepted. */
  onDone: (ids: readonly string[]) => void;
}

/** The links that were pasted, each with what is there, and all of them together where there are several. */
export function Cards({ list, remove, clear, onDone }: Props) {
  const { t } = useTranslation();
  const [preset, setPreset] = useState<string>();
  const [ready, setReady] = useState<ReadonlyMap<string, DownloadRequest>>(new Map());
  const choose = useCallback(
    (id: string, request: DownloadRequest | undefined) =>
      setReady((now) => {
        const next = new Map(now);
        if (request === undefined) next.delete(id);
        else next.set(id, request);
        return next;
      }),
    [],
  );
  return (
    <Stack component="section" aria-label={t('add.cards')} gap="md">
      {list.length > 1 && (
        <AllCards count={list.length} preset={preset ?? builtIn[0].id} onPreset={setPreset} ready={ready} onDone={onDone} onClear={clear} />
      )}
      {list.map((card) => (
        <MediaCard key={card.id} card={card} preset={preset} onChoice={choose} onClose={() => remove(card.id)} onDone={() => onDone([card.id])} />
      ))}
    </Stack>
  );
}
