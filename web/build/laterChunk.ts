import type { Rollup } from 'vite';

/** Of what the first view leaves for later (src/app/later.ts) one chunk is made, instead of one for whatever two rooms share of it. */
export function laterChunk(entry: string, later: string): Rollup.GetManualChunk {
  let first: Set<string> | undefined;
  let second: Set<string> | undefined;
  return (id, { getModuleInfo, getModuleIds }) => {
    const known = (path: string) => [...getModuleIds()].find((one) => one.endsWith(path)) ?? '';
    first ??= reachable([known(entry)], getModuleInfo);
    second ??= reachable(getModuleInfo(known(later))?.dynamicallyImportedIds ?? [], getModuleInfo);
    return second.has(id) && !first.has(id) ? 'later' : undefined;
  };
}

function reachable(roots: readonly string[], getModuleInfo: Rollup.GetModuleInfo): Set<string> {
  const found = new Set(roots);
  for (const id of found) for (const next of getModuleInfo(id)?.importedIds ?? []) found.add(next);
  return found;
}
