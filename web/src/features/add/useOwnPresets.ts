import { useQuery } from '@tanstack/react-query';
import { api, body } from '../../api/client';
import { useAccount } from '../session/session';
import type { Preset } from './presets';

export interface OwnPreset extends Preset {
  name: string;
}

const none: readonly OwnPreset[] = [];

/** The account's own presets, as the server keeps them; none until they have come. */
export function useOwnPresets(): readonly OwnPreset[] {
  const account = useAccount();
  const presets = useQuery({
    queryKey: ['presets'],
    queryFn: ({ signal }) => body(api.GET('/api/v1/presets', { params: { query: { limit: 200 } }, signal })),
    enabled: account.data != null,
    staleTime: 60_000,
  });
  // Built on what the query keeps, so that it is the same list until that changes.
  return presets.data === undefined ? none : ownOf(presets.data.items);
}

type Kept = Awaited<ReturnType<typeof read>>['items'];
const read = () => body(api.GET('/api/v1/presets'));
const known = new WeakMap<Kept, readonly OwnPreset[]>();

function ownOf(items: Kept): readonly OwnPreset[] {
  let own = known.get(items);
  if (own === undefined) {
    own = items
      .filter((one) => !one.built_in)
      .map(({ name, built_in: _, created_at: __, updated_at: ___, ...fields }) => ({
        id: `own:${name}`,
        name,
        request: Object.fromEntries(Object.entries(fields).filter(([, field]) => field != null)),
      }));
    known.set(items, own);
  }
  return own;
}
