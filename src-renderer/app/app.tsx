import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { Router } from 'wouter';
import { queries } from '../client/client.ts';
import { useHashLocation } from './paths.ts';
import { Shell } from './shell.tsx';
import { cssVariables, theme } from './theme.ts';

export function App() {
  return (
    <StrictMode>
      <QueryClientProvider client={queries}>
        <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="dark">
          <ModalsProvider labels={{ confirm: 'OK', cancel: 'Cancel' }}>
            <Notifications position="bottom-right" containerWidth={380} limit={4} />
            <Router hook={useHashLocation}>
              <Shell />
            </Router>
          </ModalsProvider>
        </MantineProvider>
      </QueryClientProvider>
    </StrictMode>
  );
}
