import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import './app/global.css';
import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { startTranslations } from './i18n';

const root = document.getElementById('root');

// Not awaited at the top: what other views share with this one would then be in chunks of its own, thirty for the first view.
void startTranslations().then(() => {
  if (root === null) return;
  startTransition(() =>
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    ),
  );
});
