import type { Job } from '../../events/types';

export interface JobGroup {
  /** Undefined for a job of its own. */
  batchId: string | undefined;
  title: string | undefined;
  jobs: readonly Job[];
  underWay: number;
  /** The mean of the jobs', where an ended one counts as 100. */
  progress: number;
}

export const isUnderWay = (job: Job): boolean => job.status === 'PROCESSING';

/** Jobs by batch, the newest group first; in a batch by their place in the list. */
export function groupJobs(jobs: readonly Job[]): readonly JobGroup[] {
  const groups = new Map<string, Job[]>();
  for (const job of [...jobs].sort((one, other) => other.id - one.id)) {
    const key = job.batch_id ?? `job-${job.id}`;
    const group = groups.get(key);
    if (group) group.push(job);
    else groups.set(key, [job]);
  }
  return [...groups.values()].map(toGroup);
}

function toGroup(jobs: readonly Job[]): JobGroup {
  const first = jobs[0];
  return {
    batchId: first?.batch_id ?? undefined,
    title: first?.playlist_title ?? undefined,
    jobs: [...jobs].sort((one, other) => (one.playlist_index ?? one.id) - (other.playlist_index ?? other.id)),
    underWay: jobs.filter(isUnderWay).length,
    progress: jobs.reduce((sum, job) => sum + (isUnderWay(job) ? job.progress : 100), 0) / Math.max(1, jobs.length),
  };
}
