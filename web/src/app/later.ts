import { useEffect } from 'react';

/** What the first view does without and the next click may want, as one chunk (build/laterChunk.ts). */
const fetchLater = () =>
  Promise.all([import('./AccountMenu'), import('./NoticeBoard'), import('../features/add/Cards'), import('../features/queue/Rows')]);

/** Fetches it once the first view stands and the browser has nothing else to do. */
export function useLater(isStanding: boolean): void {
  useEffect(() => {
    if (!isStanding) return;
    // Whatever wants a part of it asks again, and tells of a failure in its own place.
    const begin = () => void fetchLater().catch(() => undefined);
    // Older Safaris do not say when they are idle.
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(begin, 200);
      return () => clearTimeout(timer);
    }
    const turn = requestIdleCallback(begin);
    return () => cancelIdleCallback(turn);
  }, [isStanding]);
}
