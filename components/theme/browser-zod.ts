/**
 * Zod asks with eval whether it may compile its parsers; the content security policy would refuse and report it. Its
 * settings live in this global, which it takes up when it loads: importing `config` would put all of zod on every page.
 */
if (typeof window !== 'undefined') {
  const known: unknown = Reflect.get(globalThis, '__zod_globalConfig');
  Reflect.set(globalThis, '__zod_globalConfig', Object.assign(known ?? {}, { jitless: true }));
}

export {};
