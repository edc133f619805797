import { Card, Group, SegmentedControl, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props<T extends string> {
  title: string;
  /** Of the choice of what the chart counts by. */
  label: string;
  choices: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
  /** Another choice, before that one. */
  more?: ReactNode;
  children: ReactNode;
}

/** A chart under its title, with what it may count by beside it. */
export function ChartCard<T extends string>({ title, label, choices, value, onChange, more, children }: Props<T>) {
  return (
    <Card withBorder>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Group gap="sm">
          {more}
          <SegmentedControl size="xs" aria-label={label} value={value} onChange={(chosen) => onChange(chosen as T)} data={[...choices]} />
        </Group>
      </Group>
      {children}
    </Card>
  );
}
