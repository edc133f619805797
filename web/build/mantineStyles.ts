import type { Plugin } from 'vite';

const inLibrary = /\/@mantine\/core\/esm\/.*\/([A-Za-z]+)\.module\.mjs$/;

/**
 * Mantine's styles component by component: each that is built in brings its own sheet, into the chunk that it is in. Its modules
 * import what they are made of before their own classes, so that the sheets come in the order that Mantine documents.
 */
export const mantineStyles = (): Plugin => ({
  name: 'mantine-styles',
  // The server for development has the library in one piece, and gets its styles in one.
  config: (_, { command }) =>
    command === 'serve' ? { resolve: { alias: { '@mantine/core/styles/baseline.css': '@mantine/core/styles.css' } } } : {},
  transform(code, id) {
    const sheet = inLibrary.exec(id)?.[1];
    return sheet === undefined ? undefined : { code: `import '@mantine/core/styles/${sheet}.css';\n${code}`, map: null };
  },
});
