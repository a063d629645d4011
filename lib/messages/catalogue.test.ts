import { createTranslator, IntlErrorCode } from 'next-intl';
import { describe, expect, it } from 'vitest';
import { catalogue } from './catalogue';

type Node = string | { readonly [key: string]: Node };

/** Every message with its path. */
function messagesIn(node: Node, path: readonly string[] = []): { path: string; text: string }[] {
  if (typeof node === 'string') return [{ path: path.join('.'), text: node }];
  return Object.entries(node).flatMap(([key, inner]) => messagesIn(inner, [...path, key]));
}

/** The code with which a message cannot be read at all; a missing argument is another code. */
function faultOf(text: string): string | undefined {
  let fault: string | undefined;
  const t = createTranslator<{ message: string }>({
    locale: 'en',
    messages: { message: text },
    onError: (error) => {
      if (error.code === IntlErrorCode.INVALID_MESSAGE) fault = error.message;
    },
    getMessageFallback: () => '',
  });
  t('message');
  return fault;
}

describe('catalogue', () => {
  it('holds no message that cannot be read', () => {
    const faults = messagesIn(catalogue)
      .map(({ path, text }) => ({ path, fault: faultOf(text) }))
      .filter(({ fault }) => fault !== undefined);
    expect(faults).toEqual([]);
  });
});
