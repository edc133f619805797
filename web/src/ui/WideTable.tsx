import { Table, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';

/** A table that may be wider than the screen: it scrolls by itself, by the keyboard as well, and the page never does. */
export function WideTable({ label, minWidth, verticalSpacing = 'xs', children }: { label: string; minWidth: number; verticalSpacing?: number | string; children: ReactNode }) {
  return (
    <Table.ScrollContainer minWidth={minWidth} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'group', 'aria-label': label } }}>
      <Table verticalSpacing={verticalSpacing}>{children}</Table>
    </Table.ScrollContainer>
  );
}

/** The head of a column that has none to be seen, such as that of buttons. */
export function SilentHead({ children }: { children: string }) {
  return (
    <Table.Th>
      <VisuallyHidden>{children}</VisuallyHidden>
    </Table.Th>
  );
}
