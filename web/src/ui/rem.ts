/** Pixels of a rem: the root grows on a very wide screen, and with it what is counted in rem. */
export const pixelsOfRem = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
