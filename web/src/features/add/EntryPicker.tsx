import { Button, Group, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatDuration } from '../../i18n/format';
import { pixelsOfRem } from '../../ui/rem';
import classes from './EntryPicker.module.css';
import { EntryRow } from './EntryRow';
import { creditsOf, roughBytes } from './outlook';
import type { Info, Preset } from './presets';
import { readRanges, writeRanges } from './ranges';
import { useFetched } from './useFetched';

interface Props {
  info: Info;
  /** What is to be made of each, for what all of them come to. */
  request: Preset['request'];
  onChange: (items: string) => void;
}

// In rem, as the style has it.
const rowHeight = 2.5;

/** The entries of a list, to tick or to name by ranges. Only those in sight are in the document, so 5,000 are as quick as five. */
export function EntryPicker({ info, request, onChange }: Props) {
  const { t } = useTranslation();
  const entries = useMemo(() => info.entries ?? [], [info.entries]);
  // What cannot be had is not taken, and says why.
  const takeable = useMemo(() => entries.filter((entry) => entry.error == null), [entries]);
  const [ticked, setTicked] = useState<ReadonlySet<number>>(() => indexesOf(takeable));
  const [ranges, setRanges] = useState<string>();
  const fetched = useFetched(info.platform);
  const fresh = useMemo(() => takeable.filter((entry) => entry.video_id == null || !fetched.has(entry.video_id)), [takeable, fetched]);
  const last = entries.at(-1)?.index ?? 0;
  const written = useMemo(() => writeRanges(ticked), [ticked]);
  useEffect(() => onChange(written), [written, onChange]);

  const view = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => view.current,
    estimateSize: () => rowHeight * pixelsOfRem(),
    overscan: 8,
  });
  const chosen = useMemo(() => takeable.filter((entry) => ticked.has(entry.index)), [takeable, ticked]);
  const seconds = useMemo(() => chosen.reduce((sum, entry) => sum + (entry.duration ?? 0), 0), [chosen]);
  const credits = useMemo(() => creditsOf(info, chosen), [info, chosen]);
  const pick = (numbers: ReadonlySet<number>) => {
    setRanges(undefined);
    setTicked(numbers);
  };
  const toggle = useCallback((index: number) => {
    setRanges(undefined);
    setTicked((now) => toggled(now, index));
  }, []);
  const figures = [
    t('entries.chosen', { count: ticked.size, total: entries.length }),
    seconds > 0 && formatDuration(seconds),
    seconds > 0 && t('add.about', { size: formatBytes(roughBytes(request, seconds)) }),
    credits > 0 && t('entries.credits', { count: credits }),
  ];

  return (
    <Stack gap="xs">
      <Group gap="xs" wrap="wrap">
        <Text size="sm" aria-live="polite">
          {figures.filter(Boolean).join(' · ')}
        </Text>
        <Button variant="subtle" size="compact-sm" onClick={() => pick(indexesOf(takeable))}>
          {t('entries.all')}
        </Button>
        <Button variant="subtle" size="compact-sm" onClick={() => pick(new Set())}>
          {t('entries.none')}
        </Button>
        {fresh.length < takeable.length && (
          <Button variant="subtle" size="compact-sm" onClick={() => pick(indexesOf(fresh))}>
            {t('entries.onlyNew')}
          </Button>
        )}
        <TextInput
          size="xs"
          aria-label={t('entries.ranges')}
          placeholder="1-5, 8"
          value={ranges ?? written}
          error={ranges !== undefined && readRanges(ranges, last) === undefined}
          onChange={(event) => {
            setRanges(event.currentTarget.value);
            const numbers = readRanges(event.currentTarget.value, last);
            if (numbers) setTicked(indexesOf(takeable.filter((entry) => numbers.has(entry.index))));
          }}
          onBlur={() => setRanges(undefined)}
        />
      </Group>
      {info.playlist_count != null && info.playlist_count > entries.length && (
        <Text size="sm" c="dimmed">
          {t('entries.cut', { count: entries.length, total: info.playlist_count })}
        </Text>
      )}
      <ScrollArea.Autosize mah={320} viewportRef={view} type="auto" className={classes.list}>
        <div style={{ height: rows.getTotalSize(), position: 'relative' }} role="list" aria-label={t('entries.label')}>
          {rows.getVirtualItems().map((row) => {
            const entry = entries[row.index];
            return entry ? (
              <div key={entry.index} role="listitem" className={classes.row} style={{ transform: `translateY(${row.start}px)` }}>
                <EntryRow
                  entry={entry}
                  isTicked={ticked.has(entry.index)}
                  isFetched={entry.video_id != null && fetched.has(entry.video_id)}
                  onToggle={toggle}
                />
              </div>
            ) : null;
          })}
        </div>
      </ScrollArea.Autosize>
    </Stack>
  );
}

const indexesOf = (entries: readonly { index: number }[]): ReadonlySet<number> => new Set(entries.map((entry) => entry.index));

function toggled(ticked: ReadonlySet<number>, index: number): ReadonlySet<number> {
  const next = new Set(ticked);
  if (!next.delete(index)) next.add(index);
  return next;
}
