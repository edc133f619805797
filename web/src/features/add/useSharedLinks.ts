import { useEffect } from 'react';
import { useSearchParams } from 'wouter';

/** Takes the links that a bookmarklet, a shared link or a share target of the phone brings along in the page's address, out of which they go. */
export function useSharedLinks(take: (text: string) => void): void {
  const [params, setParams] = useSearchParams();
  const shared = [params.get('url'), params.get('text'), params.get('title')].filter((part) => part !== null).join('\n');
  useEffect(() => {
    if (shared.trim() === '') return;
    take(shared);
    setParams({}, { replace: true });
  }, [shared, take, setParams]);
}

/** An address of this page that has links looked up; without any, its beginning. */
export const addressFor = (links: readonly string[]): string => (links.length === 0 ? '/' : `/?url=${encodeURIComponent(links.join('\n'))}`);
