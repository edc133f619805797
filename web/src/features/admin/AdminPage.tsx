import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { Sections } from '../../ui/Sections';
import { AccountsSection } from './AccountsSection';
import { AuditSection } from './AuditSection';
import { MachineSection } from './MachineSection';
import { PlatformsSection } from './PlatformsSection';
import { SettingsSection } from './SettingsSection';

export function AdminPage() {
  const { t } = useTranslation();
  const { section } = useParams<{ section?: string }>();
  return (
    <Sections
      title={t('nav.admin')}
      base="/admin"
      open={section}
      sections={[
        { id: 'accounts', label: t('admin.accounts'), view: () => <AccountsSection /> },
        { id: 'platforms', label: t('admin.platforms'), view: () => <PlatformsSection /> },
        { id: 'machine', label: t('admin.machine'), view: () => <MachineSection /> },
        { id: 'settings', label: t('serverSettings.title'), view: () => <SettingsSection /> },
        { id: 'audit', label: t('admin.audit'), view: () => <AuditSection /> },
      ]}
    />
  );
}
