import createNextIntlPlugin from 'next-intl/plugin';

/** Headers of every response, whatever its kind. The CSP of pages is made per request, in proxy.ts. */
// Not no-referrer: a form posted before the page's script runs would then carry "Origin: null", and be refused.
const everywhere = [
  { key: 'Strict-Transport-Security', value: 'max-age=63072000; includeSubDomains' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  },
];

/** @type {import('next').NextConfig} */
const nextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // `npm test` checks the types of everything, tests included; a build would only repeat it.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    // A form of ours is a few kilobytes; ten times the largest is refused before it is parsed. No allowedOrigins:
    // actorAction checks Origin and Sec-Fetch-Site itself, because Next trusts X-Forwarded-Host here.
    serverActions: { bodySizeLimit: '256kb' },
    optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'],
  },
  // A browser asks for it by this name where a page's head names no icon yet: the page of a 404, sent in parts.
  async rewrites() {
    return [{ source: '/favicon.ico', destination: '/icon.svg' }];
  },
  async headers() {
    return [
      { source: '/:path*', headers: everywhere },
      // Hashed files may be kept for ever (Next says so itself); everything else shows somebody's records.
      { source: '/((?!_next/static/).*)', headers: [{ key: 'Cache-Control', value: 'no-store' }] },
      // The proxy leaves these to the file server; opened by themselves they may do nothing.
      {
        source: '/_next/static/:path*',
        headers: [{ key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'" }],
      },
    ];
  },
};

const withNextIntl = createNextIntlPlugin({
  requestConfig: './lib/messages/request.ts',
  // Messages are parsed at build time, so that no page carries the parser.
  experimental: { messages: { path: './lib/messages', format: 'json', locales: 'infer', precompile: true } },
});

export default withNextIntl(nextConfig);
