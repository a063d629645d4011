import { describe, expect, test } from 'vitest';
import { addPartnerResultSchema, loginResultSchema, rpcReplySchema, voidResultSchema } from './contract';
import sampleAnswer from './fixtures/added-partner.json' with { type: 'json' };

const add = rpcReplySchema('7', addPartnerResultSchema);
const answer = (rest: Record<string, unknown>) => ({ id: '7', jsonrpc: '2.0', visa: 'next', ...rest });

describe('an answer of AddPartner', () => {
  test('the founding document’s sample', () => {
    const reply = rpcReplySchema('jsonrpc', addPartnerResultSchema).safeParse(sampleAnswer);
    expect(reply).toMatchObject({ success: true, data: { result: { result: 55806 }, visa: '{{visa}}', error: null } });
  });

  test.each([
    ['unknown keys beside', answer({ result: { result: 5, resetPasswordUrl: 'x' }, more: 1 })],
    ['the id as a number', answer({ id: 7, result: { result: 5 } })],
    ['a null error beside', answer({ result: { result: 5 }, error: null })],
    ['no visa', { id: '7', jsonrpc: '2.0', result: { result: 5 } }],
  ])('a yes with %s', (_name, body) => {
    expect(add.safeParse(body)).toMatchObject({ success: true, data: { result: { result: 5 } } });
  });

  test.each([
    ['void', answer({ result: null })],
    ['without a result', answer({})],
    ['with the id at the wrong depth', answer({ result: 5 })],
    ['with an id that is a text', answer({ result: { result: '5' } })],
    ['with an id of 0', answer({ result: { result: 0 } })],
    ['with an id below 0', answer({ result: { result: -1 } })],
    ['with half an id', answer({ result: { result: 1.5 } })],
    ['with an id that is no int', answer({ result: { result: 3_000_000_000 } })],
    ['to another request', answer({ id: '8', result: { result: 5 } })],
    ['to no request', answer({ id: null, result: { result: 5 } })],
    ['with an error and a result', answer({ result: { result: 5 }, error: { data: 2115 } })],
    ['with an error to another request', answer({ id: '8', error: { data: 2115 } })],
    ['that is a list', [answer({ result: { result: 5 } })]],
    ['that is a text', 'yes'],
    ['that is null', null],
  ])('an answer %s is none', (_name, body) => {
    expect(add.safeParse(body)).toEqual({ success: false });
  });

  test('an error comes with the visa beside it, with or without the id', () => {
    const error = { code: -32603, message: 'No', data: 2115 };
    for (const id of ['7', null, undefined]) {
      expect(add.safeParse({ id, error, visa: 'next' })).toMatchObject({
        success: true,
        data: { error, visa: 'next', result: null },
      });
    }
  });
});

describe('other methods', () => {
  test('a void method says null at the outer level', () => {
    const reply = rpcReplySchema('7', voidResultSchema);
    expect(reply.safeParse(answer({ result: null }))).toMatchObject({
      success: true,
      data: { error: null, result: null },
    });
    expect(reply.safeParse(answer({ result: { result: 1 } }))).toEqual({ success: false });
  });

  test('a sign-in may keep silent about the partner', () => {
    const reply = rpcReplySchema('7', loginResultSchema);
    expect(reply.safeParse(answer({ result: { result: { Name: 'x' } } }))).toMatchObject({ success: true });
    expect(reply.safeParse(answer({ result: { result: { PartnerId: 'x' } } }))).toEqual({ success: false });
  });
});
