import {
  IconBuilding,
  IconHistory,
  IconHome,
  IconListCheck,
  IconPlug,
  IconRocket,
  IconSitemap,
  IconUsers,
} from '@tabler/icons-react';
import type { NavigationKey } from './navigation';

const icons = {
  overview: IconHome,
  customers: IconBuilding,
  onboardings: IconRocket,
  attempts: IconListCheck,
  partners: IconSitemap,
  connections: IconPlug,
  users: IconUsers,
  audit: IconHistory,
} as const satisfies Readonly<Record<NavigationKey, unknown>>;

/** The icon beside an entry's word. Drawn on the server. */
export function NavigationIcon({ entry }: { entry: NavigationKey }) {
  const Icon = icons[entry];
  return <Icon size={18} stroke={1.75} aria-hidden />;
}
