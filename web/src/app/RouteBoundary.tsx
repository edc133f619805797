import { Alert, Button, Center, Code, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  /** Another place begins anew: what broke in one room says nothing of the next. */
  place: string;
  children: ReactNode;
}

/** Keeps a view that threw from taking the page with it: it says so in its place, and the rest goes on. */
export class RouteBoundary extends Component<Props, { error: unknown; place: string }> {
  override state = { error: undefined as unknown, place: this.props.place };

  static getDerivedStateFromError(error: unknown) {
    return { error: error ?? new Error('unknown') };
  }

  static getDerivedStateFromProps({ place }: Props, state: { error: unknown; place: string }) {
    return place === state.place ? null : { error: undefined, place };
  }

  override render() {
    return this.state.error === undefined ? this.props.children : <Broken error={this.state.error} />;
  }
}

function Broken({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <Center mih="40vh">
      <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t('broken.title')} maw={560} styles={{ wrapper: { minWidth: 0 }, body: { minWidth: 0 } }}>
        <Stack gap="sm">
          <Text size="sm">{t('broken.text')}</Text>
          <Code block dir="ltr" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {error instanceof Error ? error.message : String(error)}
          </Code>
          <Button w="fit-content" size="compact-sm" variant="light" onClick={() => location.reload()}>
            {t('broken.reload')}
          </Button>
        </Stack>
      </Alert>
    </Center>
  );
}
