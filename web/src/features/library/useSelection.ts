import { useCallback, useMemo, useState } from 'react';
import type { Job } from '../../events/types';

export interface Selection {
  jobs: readonly Job[];
  has: (job: Job) => boolean;
  toggle: (job: Job) => void;
  clear: () => void;
}

/** The jobs that are ticked, as they are now; those that are gone are not among them. */
export function useSelection(all: readonly Job[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set());
  const jobs = useMemo(() => all.filter((job) => ids.has(job.id)), [all, ids]);
  const toggle = useCallback(
    (job: Job) =>
      setIds((now) => {
        const next = new Set(now);
        if (!next.delete(job.id)) next.add(job.id);
        return next;
      }),
    [],
  );
  const clear = useCallback(() => setIds(new Set()), []);
  return { jobs, has: (job) => ids.has(job.id), toggle, clear };
}
