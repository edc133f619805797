import { Badge, Button, Checkbox, Group, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../../i18n/format';
import { pixelsOfRem } from '../../ui/rem';
import classes from './EntryPicker.module.css';
import type { Info } from './presets';
import { readRanges, writeRanges } from './ranges';
import { useFetched } from './useFetched';

// In rem, as the style has it.
const rowHeight = 2.5;

/** The entries of a list, to tick or to name by ranges. Only those in sight are in the document, so 5,000 are as quick as five. */
export function EntryPicker({ info, onChange }: { info: Info; onChange: (items: string) => void }) {
  const { t } = useTranslation();
  const entries = useMemo(() => info.entries ?? [], [info.entries]);
  const [ticked, setTicked] = useState<ReadonlySet<number>>(() => new Set(entries.map((entry) => entry.index)));
  const [ranges, setRanges] = useState<string>();
  const fetched = useFetched(info.platform);
  const isFetched = (entry: (typeof entries)[number]) => entry.video_id != null && fetched.has(entry.video_id);
  const last = entries.at(-1)?.index ?? 0;

  useEffect(() => onChange(writeRanges(ticked)), [ticked, onChange]);

  const view = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => view.current,
    estimateSize: () => rowHeight * pixelsOfRem(),
    overscan: 8,
  });
  const seconds = entries.reduce((sum, entry) => sum + (ticked.has(entry.index) ? (entry.duration ?? 0) : 0), 0);
  const pick = (numbers: ReadonlySet<number>) => {
    setRanges(undefined);
    setTicked(numbers);
  };

  return (
    <Stack gap="xs">
      <Group gap="xs" wrap="wrap">
        <Text size="sm" aria-live="polite">
          {t('entries.chosen', { count: ticked.size, total: entries.length })}
          {seconds > 0 && ` · ${formatDuration(seconds)}`}
        </Text>
        <Button variant="subtle" size="compact-sm" onClick={() => pick(new Set(entries.map((entry) => entry.index)))}>
          {t('entries.all')}
        </Button>
        <Button variant="subtle" size="compact-sm" onClick={() => pick(new Set())}>
          {t('entries.none')}
        </Button>
        {entries.some(isFetched) && (
          <Button variant="subtle" size="compact-sm" onClick={() => pick(new Set(entries.filter((entry) => !isFetched(entry)).map((entry) => entry.index)))}>
            {t('entries.onlyNew')}
          </Button>
        )}
        <TextInput
          size="xs"
          aria-label={t('entries.ranges')}
          placeholder="1-5, 8"
          value={ranges ?? writeRanges(ticked)}
          error={ranges !== undefined && readRanges(ranges, last) === undefined}
          onChange={(event) => {
            setRanges(event.currentTarget.value);
            const numbers = readRanges(event.currentTarget.value, last);
            if (numbers) setTicked(numbers);
          }}
          onBlur={() => setRanges(undefined)}
        />
      </Group>
      <ScrollArea.Autosize mah={320} viewportRef={view} type="auto" className={classes.list}>
        <div style={{ height: rows.getTotalSize(), position: 'relative' }} role="list" aria-label={t('entries.label')}>
          {rows.getVirtualItems().map((row) => {
            const entry = entries[row.index];
            return entry ? (
              <div key={entry.index} role="listitem" className={classes.row} style={{ transform: `translateY(${row.start}px)` }}>
                <Checkbox
                  checked={ticked.has(entry.index)}
                  label={`${entry.index}. ${entry.title ?? entry.url}`}
                  classNames={{ label: classes.label }}
                  onChange={() => pick(toggled(ticked, entry.index))}
                />
                <Group gap="xs" wrap="nowrap">
                  {isFetched(entry) && (
                    <Badge variant="default" tt="none" fw={500}>
                      {t('entries.fetched')}
                    </Badge>
                  )}
                  {entry.duration != null && (
                    <Text size="xs" c="dimmed">
                      {formatDuration(entry.duration)}
                    </Text>
                  )}
                </Group>
              </div>
            ) : null;
          })}
        </div>
      </ScrollArea.Autosize>
    </Stack>
  );
}

function toggled(ticked: ReadonlySet<number>, index: number): ReadonlySet<number> {
  const next = new Set(ticked);
  if (!next.delete(index)) next.add(index);
  return next;
}
