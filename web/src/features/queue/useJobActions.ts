import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, body } from '../../api/client';
import { mergeAnswer } from '../../events/jobs';
import type { Job } from '../../events/types';
import { useErrorText } from '../../ui/useErrorText';

/** What one can do with a job from wherever it is shown. */
export function useJobActions() {
  const queries = useQueryClient();
  const say = useErrorText();
  const fail = (error: Error) => notifications.show({ color: 'red', ...say(error) });
  const show = (answer: Job, before: Job) => mergeAnswer(queries, [answer], before);
  const path = (id: number) => ({ params: { path: { id } } }) as const;

  const cancel = useMutation({
    mutationFn: (job: Job) => body(api.POST('/api/v1/video/video-download/jobs/{id}/cancel', path(job.id))),
    onSuccess: show,
    onError: fail,
  });
  const retry = useMutation({
    mutationFn: (job: Job) => body(api.POST('/api/v1/video/video-download/jobs/{id}/retry', path(job.id))),
    onSuccess: show,
    onError: fail,
  });
  const rename = useMutation({
    mutationFn: ({ job, title }: { job: Job; title: string }) =>
      body(api.PUT('/api/v1/video/video-download/jobs/{id}', { ...path(job.id), body: { title } })),
    onSuccess: (answer, { job }) => show(answer, job),
    onError: fail,
  });
  return { cancel, retry, rename };
}
