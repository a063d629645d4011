import type { Catalogue } from './catalogue';

declare module 'next-intl' {
  /** Makes every `t('…')` a checked key of the catalogue. */
  interface AppConfig {
    Locale: 'en';
    Messages: Catalogue;
  }
}
