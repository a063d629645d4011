import { useTranslations } from 'next-intl';

/** A translator for keys that come with the vendor's catalogue entry. */
interface LooseTranslator {
  has(key: string): boolean;
  markup(key: string): string;
}

/** Names of a vendor's settings, secrets and contract profiles; a key without words of its own shows as it is. */
export function useFieldWords() {
  const t: LooseTranslator = useTranslations('connections.form');
  const words = (group: 'settings' | 'settingHelp' | 'secrets' | 'profiles', key: string) =>
    t.has(`${group}.${key}`) ? t.markup(`${group}.${key}`) : null;
  return {
    setting: (key: string) => words('settings', key) ?? key,
    settingHelp: (key: string) => words('settingHelp', key) ?? '',
    secret: (key: string) => words('secrets', key) ?? key,
    profile: (key: string) => words('profiles', key) ?? key,
  };
}
