import { DirectionProvider, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { queries } from './queries';
import { RouteBoundary } from './RouteBoundary';
import { Routes } from './Routes';
import { theme, variables } from './theme';

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <DirectionProvider>
        <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
          <Notifications position="bottom-right" limit={3} />
          <RouteBoundary place="page">
            <Routes />
          </RouteBoundary>
        </MantineProvider>
      </DirectionProvider>
    </QueryClientProvider>
  );
}
