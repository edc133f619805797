import { Stack, Title } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QueueSection } from '../queue/QueueSection';
import { AllCards } from './AllCards';
import { linksIn } from './links';
import { LinkBox } from './LinkBox';
import { MediaCard } from './MediaCard';
import { builtIn, type DownloadRequest } from './presets';
import { useCards } from './useCards';
import { useSharedLinks } from './useSharedLinks';

/** Paste links, see what is there, choose, watch it come. */
export function AddPage() {
  const { t } = useTranslation();
  const cards = useCards();
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

  const { add, remove } = cards;
  const [message, setMessage] = useState<string>();
  const take = useCallback(
    (text: string): boolean => {
      const links = linksIn(text);
      setMessage(links.length === 0 ? t('add.noLink') : undefined);
      add(links);
      return links.length > 0;
    },
    [add, t],
  );
  useSharedLinks(take);
  const isFollowed = useRef(false);
  const done = (ids: readonly string[]) => {
    isFollowed.current = true;
    ids.forEach(remove);
  };
  // The button that was pressed is gone with its card: whoever goes by the keyboard is where the download is followed.
  useEffect(() => {
    if (isFollowed.current && document.activeElement === document.body) document.getElementById('queue-title')?.focus();
    isFollowed.current = false;
  }, [cards.list]);

  return (
    <Stack gap="xl">
      <Stack gap="xs">
        <Title order={1} size="h2">
          {t('add.title')}
        </Title>
        <LinkBox onText={take} error={message} />
      </Stack>
      {cards.list.length > 0 && (
        <Stack component="section" aria-label={t('add.cards')} gap="md">
          {cards.list.length > 1 && (
            <AllCards
              count={cards.list.length}
              preset={preset ?? builtIn[0].id}
              onPreset={setPreset}
              ready={ready}
              onDone={done}
              onClear={cards.clear}
            />
          )}
          {cards.list.map((card) => (
            <MediaCard key={card.id} card={card} preset={preset} onChoice={choose} onClose={() => cards.remove(card.id)} onDone={() => done([card.id])} />
          ))}
        </Stack>
      )}
      <QueueSection hint={cards.list.length === 0} />
    </Stack>
  );
}
