import { DirectionProvider, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { Notices } from './Notices';
import { queries } from './queries';
import { RouteBoundary } from './RouteBoundary';
import { Routes } from './Routes';
import { theme, variables } from './theme';

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <DirectionProvider>
        <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
          <RouteBoundary place="notices">
            <Notices />
          </RouteBoundary>
          <RouteBoundary place="page">
            <Routes />
          </RouteBoundary>
        </MantineProvider>
      </DirectionProvider>
    </QueryClientProvider>
  );
}
