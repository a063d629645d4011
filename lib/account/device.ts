/** Which browser on which system a User-Agent header names, as codes. Client-safe. Order matters: most pretend to be others. */
const browsers = [
  ['edge', /\bEdg(e|A|iOS)?\//],
  ['opera', /\bOPR\/|\bOpera\b/],
  ['samsung', /\bSamsungBrowser\//],
  ['firefox', /\bFirefox\/|\bFxiOS\//],
  ['chrome', /Chrome\/|\bCriOS\/|\bChromium\//],
  ['safari', /\bSafari\//],
] as const;

const systems = [
  ['android', /\bAndroid\b/],
  ['ios', /\b(iPhone|iPad|iPod)\b/],
  ['windows', /\bWindows\b/],
  ['chromeos', /\bCrOS\b/],
  ['macos', /\bMac OS X\b|\bMacintosh\b/],
  ['linux', /\bLinux\b|\bX11\b/],
] as const;

type Browser = (typeof browsers)[number][0] | 'other';
type System = (typeof systems)[number][0] | 'other';

export interface Device {
  readonly browser: Browser;
  readonly system: System;
}

/** The device of a User-Agent header; what it does not name is `other`. */
export function toDevice(userAgent: string): Device {
  return {
    browser: browsers.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? 'other',
    system: systems.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? 'other',
  };
}
