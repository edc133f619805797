import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { jobKey, mergeJobs } from './jobs';
import { finishRemovals } from './removals';
import { SharedStream, type StreamState } from './stream';
import type { Job } from './types';

/** Milliseconds for which news are gathered: a stream that opens on thousands of jobs tells of all of them at once. */
const gathering = 40;

const StreamContext = createContext<StreamState>('connecting');

/** Whether progress on the page is live. */
export const useStreamState = (): StreamState => use(StreamContext);

/** Follows the caller's jobs for as long as somebody is signed in, and writes them into the query cache. */
export function JobsProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [state, setState] = useState<StreamState>('connecting');

  useEffect(() => finishRemovals(queries), [queries]);

  useEffect(() => {
    let news: Job[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      mergeJobs(queries, news);
      news = [];
      timer = undefined;
    };
    const stream = new SharedStream(
      (job) => {
        news.push(job);
        timer ??= setTimeout(show, gathering);
      },
      (now) => {
        setState(now);
        // A stream that cannot be had may be one of a session that is over: whoever is signed in no more is shown the door.
        if (now === 'lost') void queries.invalidateQueries({ queryKey: ['me'] });
        // A new password ends this stream too, and yet the session goes on: whoever is still signed in follows again.
        if (now === 'refused')
          void queries.invalidateQueries({ queryKey: ['me'] }).then(() => queries.getQueryData(['me']) && stream.wake());
        // What happened while nobody listened is read once.
        if (now === 'open') void queries.invalidateQueries({ queryKey: jobKey.lists });
      },
    );
    const wake = () => document.visibilityState === 'visible' && stream.wake();
    addEventListener('online', wake);
    document.addEventListener('visibilitychange', wake);
    return () => {
      removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
      stream.close();
      clearTimeout(timer);
    };
  }, [queries]);

  return <StreamContext value={state}>{children}</StreamContext>;
}
