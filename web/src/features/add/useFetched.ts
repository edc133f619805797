import { useQuery } from '@tanstack/react-query';
import { api, body } from '../../api/client';

const none: ReadonlySet<string> = new Set();
const pageSize = 200;
/** Two thousand of the newest: whoever has more has fetched what is older long ago. */
const mostPages = 10;

/** What the account has downloaded from a platform before, by the platform's own ids. */
export function useFetched(platform: string): ReadonlySet<string> {
  const fetched = useQuery({
    queryKey: ['jobs', 'fetched', platform],
    queryFn: async ({ signal }) => {
      const ids = new Set<string>();
      let cursor: string | null = '';
      for (let page = 0; page < mostPages && cursor !== null; page++) {
        const query: { status: 'COMPLETED'; platform: never; limit: number; cursor?: string } = { status: 'COMPLETED', platform: platform as never, limit: pageSize };
        if (cursor !== '') query.cursor = cursor;
        const answer: { items: { video_id?: string | null }[]; next_cursor: string | null } = await body(api.GET('/api/v1/video/video-download/jobs', { params: { query }, signal }));
        for (const job of answer.items) if (job.video_id != null) ids.add(job.video_id);
        cursor = answer.next_cursor;
      }
      return ids;
    },
  });
  return fetched.data ?? none;
}
