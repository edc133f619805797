import { SegmentedControl, Select, Stack, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Language, languages, setLanguage } from '../../i18n';

export function AppearanceSection() {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Stack maw={420}>
      <SegmentedControl
        aria-label={t('settings.theme')}
        value={colorScheme}
        onChange={(value) => setColorScheme(value as typeof colorScheme)}
        data={[
          { value: 'auto', label: t('settings.themeAuto') },
          { value: 'light', label: t('settings.themeLight') },
          { value: 'dark', label: t('settings.themeDark') },
        ]}
      />
      <Select
        label={t('settings.language')}
        allowDeselect={false}
        data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
        value={i18n.language}
        onChange={(value) => value && void setLanguage(value as Language)}
      />
    </Stack>
  );
}
