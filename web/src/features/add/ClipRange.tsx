import { Group, Input, RangeSlider, Select, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { formatDuration } from '../../i18n/format';
import classes from './ClipRange.module.css';
import { readTime } from './time';

type Clip = Schemas['ClipRequest'];

interface Props {
  duration: number;
  chapters: readonly Schemas['InfoChapter'][];
  value: Clip | undefined;
  onChange: (clip: Clip | undefined) => void;
}

/** A part of the medium between two handles on its time line, by two times that are typed, or a chapter of it. */
export function ClipRange({ duration, chapters, value, onChange }: Props) {
  const { t } = useTranslation();
  const start = readTime(value?.start) ?? 0;
  const end = readTime(value?.end) ?? duration;
  const chosen = chapters.findIndex((one) => one.start === start && one.end === end);
  const set = (from: number, to: number) => {
    if (from >= to) return;
    const isWhole = from <= 0 && to >= duration;
    onChange(isWhole ? undefined : { start: from, end: Math.min(to, duration) });
  };
  return (
    <Input.Wrapper label={t('clip.label')} className={classes.wide}>
      <RangeSlider
        min={0}
        max={duration}
        step={duration > 600 ? 1 : 0.1}
        minRange={0.1}
        value={[start, end]}
        label={formatDuration}
        marks={chapters.slice(1).map((chapter) => ({ value: chapter.start }))}
        thumbFromLabel={t('clip.from')}
        thumbToLabel={t('clip.to')}
        onChange={([from, to]) => set(from, to)}
        thumbSize={24}
        mt="lg"
        mb="lg"
      />
      <Group gap="xs" align="flex-start">
        <TimeInput label={t('clip.from')} value={start} isRight={(from) => from < end} onChange={(from) => set(from, end)} />
        <TimeInput label={t('clip.to')} value={end} isRight={(to) => to > start} onChange={(to) => set(start, to)} />
        {chapters.length > 0 && (
          <Select
            size="xs"
            aria-label={t('clip.chapter')}
            placeholder={t('clip.chapter')}
            clearable
            data={chapters.map((chapter, index) => ({ value: String(index), label: chapter.title }))}
            value={chosen < 0 ? null : String(chosen)}
            onChange={(index) => {
              const chapter = index === null ? undefined : chapters[Number(index)];
              set(chapter?.start ?? 0, chapter?.end ?? duration);
            }}
          />
        )}
        <Text size="sm" c="dimmed">
          {t('clip.length', { length: formatDuration(end - start) })}
        </Text>
      </Group>
    </Input.Wrapper>
  );
}

interface TimeProps {
  label: string;
  value: number;
  /** True where the time goes with the other one. */
  isRight: (seconds: number) => boolean;
  onChange: (seconds: number) => void;
}

function TimeInput({ label, value, isRight, onChange }: TimeProps) {
  const { t } = useTranslation();
  const [text, setText] = useState<string>();
  const typed = text === undefined ? value : readTime(text);
  return (
    <TextInput
      size="xs"
      w={96}
      aria-label={label}
      value={text ?? formatDuration(value)}
      error={typed === undefined || (!isRight(typed) && t('clip.order'))}
      styles={{ error: { width: 'max-content', maxWidth: '14rem' } }}
      onChange={(event) => {
        setText(event.currentTarget.value);
        const seconds = readTime(event.currentTarget.value);
        if (seconds !== undefined && isRight(seconds)) onChange(seconds);
      }}
      // What cannot be stays as it was typed, and is marked.
      onBlur={() => typed !== undefined && isRight(typed) && setText(undefined)}
    />
  );
}
