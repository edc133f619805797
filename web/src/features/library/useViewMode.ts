import { useLocalStorage } from '@mantine/hooks';

/** Grid or list, remembered in this browser. */
export const useViewMode = () => useLocalStorage<'grid' | 'list'>({ key: 'decant-library-view', defaultValue: 'grid' });
