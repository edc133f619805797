import { VisuallyHidden } from '@mantine/core';
import { useActiveJobs } from '../../events/jobs';
import { useAnnouncements } from './useAnnouncements';

/** Tells of jobs that end, whichever room is open. */
export function Announcer() {
  const jobs = useActiveJobs();
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {useAnnouncements(jobs.data)}
    </VisuallyHidden>
  );
}
