import { Center, Loader, Stack, Title } from '@mantine/core';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QueueSection } from '../queue/QueueSection';
import { linksIn } from './links';
import { LinkBox } from './LinkBox';
import { useCards } from './useCards';
import { useSharedLinks } from './useSharedLinks';

const Cards = lazy(() => import('./Cards').then((room) => ({ default: room.Cards })));

/** Paste links, see what is there, choose, watch it come. */
export function AddPage() {
  const { t } = useTranslation();
  const cards = useCards();
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
        <Suspense
          fallback={
            <Center py="xl">
              <Loader type="dots" />
            </Center>
          }
        >
          <Cards list={cards.list} remove={remove} clear={cards.clear} onDone={done} />
        </Suspense>
      )}
      <QueueSection hint={cards.list.length === 0} />
    </Stack>
  );
}
