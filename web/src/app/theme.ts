import { type BadgeProps, createTheme, type CSSVariablesResolver, type MantineColorsTuple, type ModalProps } from '@mantine/core';

// The library's own, but for the two darkest: white is read on the one, and the other on the palest, with 4.5 to 1 at the least
// (WCAG 2.2, 1.4.3). The first also stands out from the dark page with 3 to 1 (1.4.11), so that both themes have it.
const teal: MantineColorsTuple = ['#e6fcf5', '#c3fae8', '#96f2d7', '#63e6be', '#38d9a9', '#20c997', '#12b886', '#0ca678', '#0a8060', '#065c45'];
const yellow: MantineColorsTuple = ['#fff9db', '#fff3bf', '#ffec99', '#ffe066', '#ffd43b', '#fcc419', '#fab005', '#f59f00', '#8f5600', '#744600'];

export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: 8,
  colors: { teal, yellow },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK JP", sans-serif',
  headings: { fontWeight: '650' },
  // Without the components' own `extend`, which would bring them into the first view.
  components: {
    // A word of a state is read whole, or not at all.
    Badge: { styles: { root: { minWidth: 'max-content' } } satisfies BadgeProps['styles'] },
    // A `header` in a dialog is taken for the page's own.
    Modal: { defaultProps: { attributes: { header: { role: 'presentation' } } } satisfies Partial<ModalProps> },
  },
});

const tinted = (color: string) => `color-mix(in srgb, var(--mantine-color-${color}-8) 30%, var(--mantine-color-dark-7))`;

/**
 * The library's own greys are too pale to be read by everybody (WCAG 2.2, 1.4.3 wants 4.5 to 1), and the grounds of what is
 * chosen or refused are loud.
 */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
    '--mantine-color-teal-light': 'var(--mantine-color-teal-0)',
    '--mantine-color-teal-light-hover': 'var(--mantine-color-teal-1)',
    '--mantine-color-red-light': 'var(--mantine-color-red-0)',
    '--mantine-color-red-light-hover': 'var(--mantine-color-red-1)',
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-1)',
    // A button that cannot be used keeps its shape on a card, whose ground is the library's own grey for it.
    '--mantine-color-disabled': 'var(--mantine-color-dark-5)',
    '--mantine-color-disabled-color': 'var(--mantine-color-dark-2)',
    '--mantine-color-teal-light': tinted('teal'),
    '--mantine-color-red-light': tinted('red'),
    '--mantine-color-yellow-light': tinted('yellow'),
    '--mantine-color-blue-light': tinted('blue'),
    // The library's are all but white: what is dangerous, or a link, would look like any other word.
    '--mantine-color-teal-light-color': 'var(--mantine-color-teal-2)',
    '--mantine-color-red-light-color': 'var(--mantine-color-red-2)',
  },
});
