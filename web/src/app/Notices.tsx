import { useNotifications } from '@mantine/notifications';
import { lazy, Suspense, useState } from 'react';

const NoticeBoard = lazy(() => import('./NoticeBoard').then((room) => ({ default: room.NoticeBoard })));

/** What happened, in a corner of the page; nothing until something has. */
export function Notices() {
  const { notifications } = useNotifications();
  const [isWanted, setIsWanted] = useState(false);
  // For good: the last one leaves in its own time.
  if (!isWanted && notifications.length > 0) setIsWanted(true);
  return isWanted ? (
    <Suspense>
      <NoticeBoard />
    </Suspense>
  ) : null;
}
