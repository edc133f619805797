import { ActionIcon, Button, Card, Collapse, Group, Progress, Stack, Text } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { jobKey } from '../../events/jobs';
import { useAction } from '../../ui/useAction';
import type { JobGroup } from './groups';
import { JobRow } from './JobRow';
import { LongBatch } from './LongBatch';
import { useZip } from './useZip';

/** Rows that are all in the document; of more, those in sight. */
const mostInSight = 50;

/** Jobs accepted together, as one row that opens. */
export function BatchRow({ group }: { group: JobGroup }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const name = group.title ?? t('queue.batch', { count: group.jobs.length });
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  const params = { params: { path: { id: group.batchId ?? '' } } };
  const cancel = useAction(() => api.POST('/api/v1/video/video-download/batches/{id}/cancel', params), jobKey.lists);
  const zip = useZip();
  return (
    <Card component="article" withBorder padding="sm" aria-label={name}>
      <Group wrap="nowrap" gap="sm">
        <ActionIcon variant="subtle" aria-expanded={isOpen} aria-label={t('queue.open', { title: name })} onClick={() => setIsOpen(!isOpen)}>
          <Chevron size={18} aria-hidden />
        </ActionIcon>
        <Stack gap={6} flex={1} miw={0}>
          <Group justify="space-between" wrap="nowrap">
            <Text fw={550} truncate dir="auto">
              {name}
            </Text>
            <Text size="sm" c="dimmed">
              {t('queue.done', { done: group.jobs.length - group.underWay, total: group.jobs.length })}
            </Text>
          </Group>
          <Progress value={group.progress} aria-label={t('queue.progressOf', { title: name })} />
        </Stack>
        {group.underWay > 0 ? (
          <Button size="compact-sm" variant="subtle" loading={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
            {t('job.cancel')}
          </Button>
        ) : (
          <Button size="compact-sm" variant="light" loading={zip.isPending} onClick={() => zip.mutate(group.batchId ?? '')}>
            {t('job.zip')}
          </Button>
        )}
      </Group>
      <Collapse expanded={isOpen}>
        {isOpen &&
          (group.jobs.length > mostInSight ? (
            <LongBatch group={group} />
          ) : (
            <Stack gap={0} mt="xs">
              {group.jobs.map((job) => (
                <JobRow key={job.id} job={job} isInBatch />
              ))}
            </Stack>
          ))}
      </Collapse>
    </Card>
  );
}
