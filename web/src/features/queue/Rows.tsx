import { BatchRow } from './BatchRow';
import type { JobGroup } from './groups';
import { JobRow } from './JobRow';

/** The rows of the queue, which the first view of an empty one does without. */
export function Rows({ groups }: { groups: readonly JobGroup[] }) {
  return groups.map((group) =>
    group.batchId === undefined ? group.jobs.map((job) => <JobRow key={job.id} job={job} />) : <BatchRow key={group.batchId} group={group} />,
  );
}
