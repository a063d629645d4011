import account from './en/account.json';
import attempts from './en/attempts.json';
import audit from './en/audit.json';
import avepoint from './en/avepoint.json';
import cloudCockpit from './en/cloud-cockpit.json';
import cloudlx from './en/cloudlx.json';
import connections from './en/connections.json';
import cove from './en/cove.json';
import customers from './en/customers.json';
import display from './en/display.json';
import errorPage from './en/error-page.json';
import invite from './en/invite.json';
import lint from './en/lint.json';
import onboarding from './en/onboarding.json';
import overview from './en/overview.json';
import partners from './en/partners.json';
import search from './en/search.json';
import services from './en/services.json';
import shell from './en/shell.json';
import signIn from './en/sign-in.json';
import users from './en/users.json';
import vendorErrors from './en/vendor-errors.json';
import vendorPartners from './en/vendor-partners.json';

/**
 * Every text a person reads, by feature: the namespace is the file's name. A new file takes one import and one line.
 * Server only in effect: a client component gets its share through `<Messages only={[…]}>`.
 */
export const catalogue = {
  account,
  attempts,
  audit,
  avepoint,
  'cloud-cockpit': cloudCockpit,
  cloudlx,
  connections,
  cove,
  customers,
  display,
  'error-page': errorPage,
  invite,
  lint,
  onboarding,
  overview,
  partners,
  search,
  services,
  shell,
  'sign-in': signIn,
  users,
  'vendor-errors': vendorErrors,
  'vendor-partners': vendorPartners,
};

export type Catalogue = typeof catalogue;
