// Who may import whom: docs/architecture.md, checked by `npm run lint` and by lib/testing/architecture.test.ts.
const tests = String.raw`\.test\.tsx?$|^lib/testing/|^lib/vendors/testing/|^lib/[a-z-]+/[a-z-]*fixture\.ts$`;
const simulators = String.raw`^lib/vendors/[^/]+/simulator(\.ts$|/)|^lib/vendors/simulator/`;
const vendorFolder = '^lib/vendors/(?!http/|testing/|simulator/)([^/]+)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'nothing-imports-app',
      comment: 'app composes; what others need of it belongs into components or lib.',
      severity: 'error',
      from: { pathNot: '^app/' },
      to: { path: '^app/' },
    },
    {
      name: 'app-imports-its-own-actions-only',
      comment: 'Routes do not lean on each other, but for the actions of the folder they are in.',
      severity: 'error',
      from: { path: '^app/' },
      to: { path: '^app/', pathNot: String.raw`/actions\.ts$|^app/globals\.css$` },
    },
    {
      name: 'lib-knows-no-react',
      comment: 'lib thinks, components draw. session.ts takes cache() alone; the matrix reads what pages draw.',
      severity: 'error',
      from: { path: '^lib/', pathNot: String.raw`^lib/auth/session\.ts$|^lib/testing/(request-store|shown-text)\.ts$` },
      to: { path: '^components/|^node_modules/(react|react-dom|@mantine|@tabler|@tanstack)/' },
    },
    {
      name: 'a-vendor-is-an-island',
      comment:
        'A vendor imports zod, vendors/http, the contract (vendor.ts and its parts), the list of countries and its own files. No db, auth, next.',
      severity: 'error',
      from: { path: vendorFolder, pathNot: tests },
      to: {
        path: '^(app|components|lib|node_modules)/',
        pathNot: String.raw`^lib/vendors/($1|http|simulator)/|^lib/vendors/(vendor|vendor-lookups|vendor-partners|vendor-services|catalog-entry|exchange|found-customer|iso-countries|json-schema|problem-schema)\.ts$|^node_modules/(zod|server-only)/`,
      },
    },
    {
      name: 'vendors-http-knows-no-vendor',
      severity: 'error',
      from: { path: '^lib/vendors/http/', pathNot: tests },
      to: {
        path: '^(app|components|lib)/',
        pathNot: String.raw`^lib/vendors/(http/|vendor\.ts$|vendor-lookups\.ts$|exchange\.ts$|json-schema\.ts$|problem-schema\.ts$)`,
      },
    },
    {
      name: 'simulators-stay-outside',
      comment: 'A simulator is met over a socket: only what starts one, and tests, import it.',
      severity: 'error',
      from: { pathNot: `${simulators}|${tests}|^lib/vendors/simulators\\.ts$|^lib/(commands|bench|chaos)/|^e2e/` },
      to: { path: `${simulators}|^lib/vendors/simulators\\.ts$` },
    },
    {
      name: 'a-simulator-is-written-from-the-documentation',
      comment: 'Nothing of our client, so that the same misreading cannot stand on both sides.',
      severity: 'error',
      from: { path: simulators },
      to: { path: '^(app|components|lib)/', pathNot: `${simulators}|^lib/vendors/iso-countries\\.ts$` },
    },
    {
      name: 'prisma-stays-in-lib',
      comment: 'Prisma and its types do not reach routes, components, wrappers or vendors.',
      severity: 'error',
      from: { path: '^(app|components|lib/actions|lib/pages|lib/vendors|lib/messages)/', pathNot: tests },
      to: { path: '^lib/db/generated/|^node_modules/(@prisma|prisma|pg)/' },
    },
    {
      name: 'the-database-has-two-doors',
      comment:
        'asActor and asSystem. The pool itself is for them, the throttle, the health check and whoever closes it.',
      severity: 'error',
      from: {
        pathNot: `${tests}|^lib/db/|^lib/auth/throttle\\.ts$|^lib/(commands|bench|chaos)/|^e2e/`,
      },
      to: { path: String.raw`^lib/db/client\.ts$` },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { pathNot: '^lib/db/generated/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'what-runs-is-installed',
      comment: 'Production has no devDependencies.',
      severity: 'error',
      from: { path: '^(app|components|lib)/', pathNot: `${tests}|^lib/(commands|bench|chaos)/` },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'tests-are-imported-by-tests',
      severity: 'error',
      from: { pathNot: `${tests}|^lib/(commands|bench|chaos)/|^e2e/` },
      to: { path: tests },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
    doNotFollow: { path: 'node_modules' },
  },
};
