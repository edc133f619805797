import { useElementSize } from '@mantine/hooks';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../events/types';
import { pixelsOfRem } from '../../ui/rem';
import { JobCard } from './JobCard';
import classes from './JobGrid.module.css';
import type { Selection } from './useSelection';

interface Props {
  jobs: readonly Job[];
  mode: 'grid' | 'list';
  selection: Selection;
  onPlay: (job: Job) => void;
  /** Called when the reader comes near the end. */
  onEnd: () => void;
}

// In rem, since the root grows on a very wide screen.
const widthOfCard = 14.5;
const heightOf = { grid: 16.5, list: 5.25 };

/** Jobs in rows, of which only those in sight are in the document: 10,000 scroll as 50 do. */
export function JobGrid({ jobs, mode, selection, onPlay, onEnd }: Props) {
  const { t } = useTranslation();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const columns = mode === 'list' ? 1 : Math.max(1, Math.floor(width / (widthOfCard * pixelsOfRem())));
  const frame = useRef<HTMLDivElement>(null);
  const rows = useWindowVirtualizer({
    count: Math.ceil(jobs.length / columns),
    estimateSize: () => heightOf[mode] * pixelsOfRem(),
    overscan: 4,
    scrollMargin: frame.current?.offsetTop ?? 0,
  });
  const items = rows.getVirtualItems();
  const lastRow = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if ((lastRow + 4) * columns >= jobs.length) onEnd();
  }, [lastRow, columns, jobs.length, onEnd]);

  return (
    <div ref={ref}>
      <div ref={frame} role="list" aria-label={t('library.title')} className={classes.frame} style={{ height: rows.getTotalSize() }}>
        {items.map((row) => (
          <div
            key={row.key}
            className={classes.row}
            role="presentation"
            data-index={row.index}
            ref={rows.measureElement}
            style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, transform: `translateY(${row.start - rows.options.scrollMargin}px)` }}
          >
            {jobs.slice(row.index * columns, (row.index + 1) * columns).map((job) => (
              <JobCard
                key={job.id}
                job={job}
                mode={mode}
                isSelected={selection.has(job)}
                onSelect={selection.toggle}
                onPlay={onPlay}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
