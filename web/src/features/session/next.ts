/** A room of this page to go to; its beginning for anything else, such as an address of another site. */
export function roomOf(next: string | null): string {
  if (next === null || !next.startsWith('/')) return '/';
  const url = new URL(next, location.origin);
  return url.origin === location.origin ? url.pathname + url.search : '/';
}

export const signInFor = (room: string): string => (room === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(room)}`);
