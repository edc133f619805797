import { Code } from '@mantine/core';

/** Text for a terminal or an editor: left to right in any language, and scrolled by the keyboard as well. */
export function CodeBlock({ label, children }: { label: string; children: string }) {
  return (
    <Code block dir="ltr" tabIndex={0} role="group" aria-label={label} mah={240} style={{ overflow: 'auto' }}>
      {children}
    </Code>
  );
}
