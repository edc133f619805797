import { ScrollArea } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { pixelsOfRem } from '../../ui/rem';
import type { JobGroup } from './groups';
import { JobRow } from './JobRow';
import classes from './LongBatch.module.css';

// In rem, as the style has it.
const usualHeight = 6;

/** The jobs of a batch of hundreds, of which only those in sight are in the document. */
export function LongBatch({ group }: { group: JobGroup }) {
  const view = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: group.jobs.length,
    getScrollElement: () => view.current,
    estimateSize: () => usualHeight * pixelsOfRem(),
    overscan: 4,
  });
  return (
    <ScrollArea.Autosize mah={480} mt="xs" viewportRef={view} type="auto">
      <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map((row) => {
          const job = group.jobs[row.index];
          return job ? (
            <div key={job.id} ref={rows.measureElement} data-index={row.index} className={classes.row} style={{ transform: `translateY(${row.start}px)` }}>
              <JobRow job={job} isInBatch />
            </div>
          ) : null;
        })}
      </div>
    </ScrollArea.Autosize>
  );
}
