import { Card, Group, SegmentedControl, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props<T extends string> {
  title: string;
  /** Of the choice of what the chart counts by. */
  label: string;
  choices: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
  children: ReactNode;
}

/** A chart under its title, with what it may count by beside it. */
export function ChartCard<T extends string>({ title, label, choices, value, onChange, children }: Props<T>) {
  return (
    <Card withBorder>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        <SegmentedControl size="xs" aria-label={label} value={value} onChange={(chosen) => onChange(chosen as T)} data={[...choices]} />
      </Group>
      {children}
    </Card>
  );
}
