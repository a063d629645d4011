import { type ActionName, actions, type HandlerPath, handlers, type PagePath, pages } from '../auth/entry-points';
import type { Words } from '../messages/words';

/** Doors that anybody may use refuse nobody, and have no words. */
type Public = '/sign-in' | '/invite/[token]' | '/api/health' | '/api/auth/[...nextauth]' | '/api/invitations';
const open = (name: string): name is Public =>
  ['/sign-in', '/invite/[token]', '/api/health', '/api/auth/[...nextauth]', '/api/invitations'].includes(name);

const isPage = (name: string): name is Exclude<PagePath, Public> => name in pages && !open(name);
const isAction = (name: string): name is ActionName => name in actions;
const isHandler = (name: string): name is Exclude<HandlerPath, Public> => name in handlers && !open(name);

/**
 * What somebody wanted at an entry point, as a verb and its object. Pure.
 * @param entryPoint as a refusal is recorded: `page /users`, `action users.invite`, `handler /api/search`
 */
export function doorWords(entryPoint: string, words: Words): string {
  const [kind, name = ''] = entryPoint.split(' ', 2);
  if (kind === 'page' && isPage(name)) return words(`audit.door.page.${name}`);
  if (kind === 'action' && isAction(name)) return words(`audit.door.action.${name}`);
  if (kind === 'handler' && isHandler(name)) return words(`audit.door.handler.${name}`);
  return words('audit.door.gone');
}
