import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { Sections } from '../../ui/Sections';
import { AppearanceSection } from './AppearanceSection';
import { CookiesSection } from './CookiesSection';
import { KeysSection } from './KeysSection';
import { PasswordSection } from './PasswordSection';
import { PresetsSection } from './PresetsSection';
import { SessionsSection } from './SessionsSection';
import { ToolsSection } from './ToolsSection';
import { WebhooksSection } from './WebhooksSection';

export function SettingsPage() {
  const { t } = useTranslation();
  const { section } = useParams<{ section?: string }>();
  return (
    <Sections
      title={t('nav.settings')}
      base="/settings"
      open={section}
      sections={[
        { id: 'appearance', label: t('settings.appearance'), view: () => <AppearanceSection /> },
        { id: 'presets', label: t('presets.title'), view: () => <PresetsSection /> },
        { id: 'password', label: t('settings.password'), view: () => <PasswordSection /> },
        { id: 'sessions', label: t('sessions.title'), view: () => <SessionsSection /> },
        { id: 'keys', label: t('settings.keys'), view: () => <KeysSection /> },
        { id: 'cookies', label: t('settings.cookies'), view: () => <CookiesSection /> },
        { id: 'webhooks', label: t('settings.webhooks'), view: () => <WebhooksSection /> },
        { id: 'tools', label: t('settings.tools'), view: () => <ToolsSection /> },
      ]}
    />
  );
}
