import { expect, test } from 'vitest';
import { readTime } from './time';

test.each([
  ['83', 83],
  ['1:23', 83],
  ['1:02:03.5', 3723.5],
  [12.5, 12.5],
  ['', undefined],
  ['1:xx', undefined],
  [-1, undefined],
  [undefined, undefined],
])('%j', (text, seconds) => {
  expect(readTime(text)).toBe(seconds);
});
