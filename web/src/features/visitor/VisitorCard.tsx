import { Button, Card, CloseButton, Group, Loader, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { ApiError } from '../../api/error';
import { formatDuration } from '../../i18n/format';
import { ErrorView } from '../../ui/ErrorView';
import { PlatformBadge } from '../../ui/PlatformBadge';
import classes from './VisitorCard.module.css';
import type { Job } from './VisitorJob';

interface Props {
  url: string;
  format: string;
  onBegin: (job: Job) => void;
  onClose: () => void;
}

/** A link of a visitor's: looked up at once, and downloaded by a click. */
export function VisitorCard({ url, format, onBegin, onClose }: Props) {
  const { t } = useTranslation();
  const info = useQuery({ queryKey: ['public-info', url], queryFn: ({ signal }) => body(api.POST('/api/v1/video/public/info', { body: { url, include_formats: false }, signal })), staleTime: 10 * 60_000 });
  const submit = useMutation({
    mutationFn: () => body(api.POST('/api/v1/video/public/download', { body: { url, format } })),
    onSuccess: (accepted) => {
      onBegin(accepted.job);
      onClose();
    },
  });
  return (
    <Card component="article" withBorder padding="md" aria-busy={info.isPending} aria-label={info.data?.title ?? url}>
      <CloseButton className={classes.close} aria-label={t('add.remove')} onClick={onClose} />
      {info.isPending && (
        <Group gap="sm" wrap="nowrap" pe="xl">
          <Loader size="sm" />
          <Text size="sm" truncate role="status">
            {t('add.looking', { url })}
          </Text>
        </Group>
      )}
      {info.isError && <ErrorView error={info.error} subject={url} isPatient={info.error instanceof ApiError && info.error.status === 429} onRetry={() => void info.refetch()} />}
      {info.data && (
        <Stack gap="sm">
          <div>
            <Text fw={600} lineClamp={2} pe="xl" component="h2" size="md" dir="auto">
              {info.data.title}
            </Text>
            <Group gap="xs" mt={4}>
              <PlatformBadge platform={info.data.platform} />
              {info.data.uploader && (
                <Text size="sm" c="dimmed" dir="auto">
                  {info.data.uploader}
                </Text>
              )}
              {info.data.duration != null && (
                <Text size="sm" c="dimmed">
                  {formatDuration(info.data.duration)}
                </Text>
              )}
            </Group>
          </div>
          <Button w="fit-content" leftSection={<IconDownload size={18} aria-hidden />} loading={submit.isPending} onClick={() => submit.mutate()}>
            {t('add.download')}
          </Button>
          {submit.isError && <ErrorView error={submit.error} onRetry={() => submit.mutate()} />}
        </Stack>
      )}
    </Card>
  );
}
