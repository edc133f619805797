import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../events/types';
import { isUnderWay } from './groups';
import { notify } from './notify';

/** What ended longer ago was only not known here: of another tab, or brought back. */
const isOfNow = (job: Job | undefined): boolean => Math.abs(Date.now() - Date.parse(job?.completed_at ?? '')) < 60_000;

/**
 * Says when a job has ended: in the tab's title, to a screen reader, and by a notification where the reader allowed
 * them and looks elsewhere. Progress itself is not announced; it would never stop talking.
 */
export function useAnnouncements(jobs: ReadonlyMap<number, Job>): string {
  const { t } = useTranslation();
  const underWay = useRef<ReadonlySet<number>>(new Set());
  const ended = useRef<ReadonlySet<number>>(undefined);
  const [said, setSaid] = useState('');

  useEffect(() => {
    const now = new Set([...jobs.values()].filter(isUnderWay).map((job) => job.id));
    const over = new Set([...jobs.keys()].filter((id) => !now.has(id)));
    for (const id of over) {
      const job = jobs.get(id);
      // A small file is begun and done between two looks.
      const isNews = underWay.current.has(id) || (ended.current !== undefined && !ended.current.has(id) && isOfNow(job));
      if (!isNews || !job || job.status === 'CANCELLED') continue;
      const text = t(job.status === 'COMPLETED' ? 'queue.saidDone' : 'queue.saidFailed', { title: job.title ?? job.url });
      setSaid(text);
      // Where it cannot be shown, the title and what is said have it all the same.
      if (document.hidden) void notify(text, `job-${id}`);
    }
    underWay.current = now;
    ended.current = new Set([...(ended.current ?? []), ...over]);
    document.title = now.size > 0 ? `(${now.size}) Decant` : 'Decant';
  }, [jobs, t]);

  return said;
}
