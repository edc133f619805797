import { useCallback, useState } from 'react';

/** A link that was pasted and is being decided on. */
export interface Card {
  id: string;
  url: string;
}

/** The cards of this tab; they live as long as it does. */
export function useCards() {
  const [list, setList] = useState<readonly Card[]>([]);
  const add = useCallback(
    (urls: readonly string[]) =>
      setList((cards) => {
        const known = new Set(cards.map((card) => card.url));
        const fresh = urls.filter((url) => !known.has(url)).map((url) => ({ id: crypto.randomUUID?.() ?? url, url }));
        return fresh.length === 0 ? cards : [...fresh, ...cards];
      }),
    [],
  );
  const remove = useCallback((id: string) => setList((cards) => cards.filter((card) => card.id !== id)), []);
  const clear = useCallback(() => setList([]), []);
  return { list, add, remove, clear };
}
