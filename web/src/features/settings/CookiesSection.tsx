import { Badge, Button, FileButton, Group, Select, Stack, Table, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { formatDate } from '../../i18n/format';
import { Loaded } from '../../ui/Loaded';
import { platformName } from '../../ui/PlatformBadge';
import { useAction } from '../../ui/useAction';

const cookiesKey = ['cookies'] as const;
const platforms = ['youtube', 'tiktok', 'instagram', 'vimeo', 'twitter', 'facebook', 'twitch', 'dailymotion', 'soundcloud'];

/** Cookies of platforms, given so that private or restricted media can be had; encrypted, and never shown again. */
export function CookiesSection() {
  const { t } = useTranslation();
  const [platform, setPlatform] = useState<string | null>('youtube');
  const [text, setText] = useState('');
  const kept = useQuery({ queryKey: cookiesKey, queryFn: ({ signal }) => body(api.GET('/api/v1/video/cookies', { signal })) });
  const keep = useAction(
    () => body(api.PUT('/api/v1/video/cookies', { body: { platform: platform ?? '', cookies: text as never } })),
    cookiesKey,
    t('cookies.kept'),
  );
  const forget = useAction((name: string) => api.DELETE('/api/v1/video/cookies', { params: { query: { platform: name } } }), cookiesKey);
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('cookies.how')}
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          keep.mutate(undefined, { onSuccess: () => setText('') });
        }}
      >
        <Stack maw={640} gap="sm">
          <Select
            label={t('library.platform')}
            allowDeselect={false}
            data={platforms.map((value) => ({ value, label: platformName(value, value) }))}
            value={platform}
            onChange={setPlatform}
          />
          <Textarea
            label={t('cookies.text')}
            description={t('cookies.formats')}
            required
            autosize
            minRows={3}
            maxRows={8}
            spellCheck={false}
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Group gap="sm">
            <Button type="submit" loading={keep.isPending} disabled={text.trim() === ''}>
              {t('save')}
            </Button>
            <FileButton accept=".txt,.json,text/plain,application/json" onChange={(file) => void file?.text().then(setText)}>
              {(props) => (
                <Button variant="light" {...props}>
                  {t('cookies.file')}
                </Button>
              )}
            </FileButton>
          </Group>
        </Stack>
      </form>
      <Loaded query={kept} empty={t('cookies.none')} isEmpty={(list) => list.items.length === 0}>
        {(list) => (
          <Table>
            <Table.Tbody>
              {list.items.map((one) => (
                <Table.Tr key={one.platform}>
                  <Table.Td>{platformName(one.platform, one.platform)}</Table.Td>
                  <Table.Td>
                    <Badge color={one.valid ? 'teal' : 'red'} variant="light" tt="none">
                      {t(one.valid ? 'cookies.valid' : 'cookies.invalid')}
                    </Badge>
                  </Table.Td>
                  <Table.Td>{one.expires_at ? t('cookies.until', { date: formatDate(one.expires_at) }) : '–'}</Table.Td>
                  <Table.Td ta="end">
                    <Button size="compact-sm" variant="subtle" color="red" onClick={() => forget.mutate(one.platform)}>
                      {t('cookies.forget')}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Loaded>
    </Stack>
  );
}
