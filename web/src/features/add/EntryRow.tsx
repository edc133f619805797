import { Badge, Checkbox, Group, Text } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { formatDuration, formatNumber } from '../../i18n/format';
import classes from './EntryPicker.module.css';

interface Props {
  entry: Schemas['InfoEntry'];
  isTicked: boolean;
  isFetched: boolean;
  onToggle: (index: number) => void;
}

/** One entry of a list. The others are drawn again for each step of a scroll: it is not, unless it changed. */
export const EntryRow = memo(function EntryRow({ entry, isTicked, isFetched, onToggle }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <Checkbox
        checked={isTicked}
        disabled={entry.error != null}
        label={`${formatNumber(entry.index)}. ${entry.title ?? entry.url}`}
        classNames={{ root: classes.tick, label: classes.label }}
        onChange={() => onToggle(entry.index)}
      />
      <Group gap="xs" wrap="nowrap" className={entry.error ? classes.why : undefined}>
        {isFetched && (
          <Badge variant="default" tt="none" fw={500}>
            {t('entries.fetched')}
          </Badge>
        )}
        {entry.error && (
          <Text size="xs" c="red" truncate dir="auto" title={entry.error.message}>
            {i18n.exists(`error.${entry.error.code}`) ? t(`error.${entry.error.code}` as 'error.title') : entry.error.message}
          </Text>
        )}
        {entry.duration != null && (
          <Text size="xs" c="dimmed">
            {formatDuration(entry.duration)}
          </Text>
        )}
      </Group>
    </>
  );
});
