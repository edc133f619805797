import { Code } from '@mantine/core';

/** A text in which what stands between backticks is to be typed as it stands. */
export const WithCode = ({ text }: { text: string }) =>
  text.split('`').map((part, index) => (index % 2 === 0 ? part : <Code key={index}>{part}</Code>));
