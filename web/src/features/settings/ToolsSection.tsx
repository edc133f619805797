import { Anchor, Button, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeBlock } from '../../ui/CodeBlock';

/** Ways to Decant from elsewhere: a bookmarklet, notifications, the API. */
export function ToolsSection() {
  const { t } = useTranslation();
  const link = useRef<HTMLAnchorElement>(null);
  const target = `${location.origin}/?url=`;
  // React refuses javascript: addresses in its own attributes, rightly; this one is written by us and for dragging only.
  useEffect(() => link.current?.setAttribute('href', `javascript:location.href='${target}'+encodeURIComponent(location.href)`), [target]);
  const [permission, setPermission] = useState(() => ('Notification' in window ? Notification.permission : 'denied'));
  return (
    <Stack maw={560}>
      <Text size="sm">{t('tools.bookmarklet')}</Text>
      <Button component="a" ref={link} variant="light" w="fit-content" onClick={(event) => event.preventDefault()}>
        {t('tools.bookmarkletName')}
      </Button>
      {permission === 'default' && (
        <Button variant="light" w="fit-content" onClick={() => void Notification.requestPermission().then(setPermission)}>
          {t('tools.notify')}
        </Button>
      )}
      {permission === 'denied' && (
        <Text size="sm" c="dimmed">
          {t('tools.cannotNotify')}
        </Text>
      )}
      <Text size="sm">{t('tools.api')}</Text>
      <CodeBlock label={t('tools.api')}>{`curl -s ${location.origin}/api/v1/video/download -H "X-API-Key: $KEY" \\\n  -H 'Content-Type: application/json' -d '{"url": "…", "format": "mp3"}'`}</CodeBlock>
      <Anchor href="/docs" target="_blank">
        {t('nav.docs')}
      </Anchor>
    </Stack>
  );
}
