import { expect, test } from 'vitest';
import { linksIn } from './links';

test.each([
  ['https://youtu.be/jNQXAC9IVRw', ['https://youtu.be/jNQXAC9IVRw']],
  ['see https://a.example/x, and (https://b.example/y).', ['https://a.example/x', 'https://b.example/y']],
  ['https://en.wikipedia.org/wiki/Decanter_(wine)', ['https://en.wikipedia.org/wiki/Decanter_(wine)']],
  ['https://a.example/1\nhttps://a.example/2\n\nhttps://a.example/1', ['https://a.example/1', 'https://a.example/2']],
  ['youtu.be/jNQXAC9IVRw', ['https://youtu.be/jNQXAC9IVRw']],
  ['www.vimeo.com/76979871', ['https://www.vimeo.com/76979871']],
  ['no link here', []],
  ['', []],
])('the links in %j', (text, links) => {
  expect(linksIn(text)).toEqual(links);
});
