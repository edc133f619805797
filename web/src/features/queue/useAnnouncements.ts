import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../events/types';
import { isUnderWay } from './groups';
import { notify } from './notify';

/**
 * Says when a job has ended: in the tab's title, to a screen reader, and by a notification where the reader allowed
 * them and looks elsewhere. Progress itself is not announced; it would never stop talking.
 */
export function useAnnouncements(jobs: ReadonlyMap<number, Job>): string {
  const { t } = useTranslation();
  const underWay = useRef<ReadonlySet<number>>(new Set());
  const [said, setSaid] = useState('');

  useEffect(() => {
    const now = new Set([...jobs.values()].filter(isUnderWay).map((job) => job.id));
    for (const id of underWay.current) {
      const job = jobs.get(id);
      if (!job || now.has(id) || job.status === 'CANCELLED') continue;
      const text = t(job.status === 'COMPLETED' ? 'queue.saidDone' : 'queue.saidFailed', { title: job.title ?? job.url });
      setSaid(text);
      // Where it cannot be shown, the title and what is said have it all the same.
      if (document.hidden) void notify(text, `job-${id}`);
    }
    underWay.current = now;
    document.title = now.size > 0 ? `(${now.size}) Decant` : 'Decant';
  }, [jobs, t]);

  return said;
}
