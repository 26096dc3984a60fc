// The table of folders in src/README.md as rules: each folder imports only from those above it.
const layers = [
  'base',
  'mail',
  'session',
  'sasl',
  'protocols',
  'world',
  'hosts',
  'learning',
  'messages',
  'view',
  'ui',
  'adapters',
]
const engine = layers.slice(0, layers.indexOf('hosts') + 1)

// scripts/architecture.mjs names its copy of `a.ts` `a.ts.mjs`.
const END = '(\\.mjs)?$'
const TEST = `\\.test\\.tsx?${END}`
const MAIN = `^src/main\\.tsx${END}`
const folder = (names) => `^src/(${names.join('|')})/`
/** Packages by name, wherever npm put them. */
const packages = (pattern) => `(^|/)node_modules/${pattern}`

const upward = layers.slice(0, -1).map((layer, at) => ({
  name: `${layer}-imports-only-from-above`,
  comment: `src/${layer} may import only from ${layers.slice(0, at).join(', ') || 'nothing else in src'}`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: [`^src/(${layers.slice(at + 1).join('|')})/`, '^src/main\\.'] },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'no-cycles',
      comment: 'Imports of types count: a type that two files need has a file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nobody imports and that imports nothing is forgotten.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [`\\.d\\.ts${END}`, TEST, '^src/main\\.', '^scripts/', '^tests/', '^[^/]+$'],
      },
      to: {},
    },
    {
      name: 'resolvable',
      comment: 'Every import names a file or an installed package.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'protocols-are-apart',
      comment: 'protocols/x never imports protocols/y.',
      severity: 'error',
      from: { path: '^src/protocols/([^/]+)/' },
      to: { path: '^src/protocols/', pathNot: '^src/protocols/$1/' },
    },
    {
      name: 'messages-know-only-words',
      comment: 'messages/ holds what is said to people, and knows nothing of what it is said about.',
      severity: 'error',
      from: { path: '^src/messages/', pathNot: TEST },
      to: { path: '^src/', pathNot: '^src/messages/' },
    },
    {
      name: 'one-formatter-of-messages',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/messages/', TEST] },
      to: {
        path: [packages('(icu-minify|@schummar/icu-type-parser)/'), '^src/messages/[^/]+/', '^src/messages/ready\\.'],
      },
    },
    {
      name: 'world-finds-behaviour-by-name',
      comment: 'world/ imports no protocol: behaviour comes in the catalogue that is handed to advance().',
      severity: 'error',
      from: { path: '^src/world/', pathNot: TEST },
      to: { path: '^src/protocols/' },
    },
    {
      name: 'xstate-in-few-places',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '^src/session/',
          `[mM]achine\\.ts${END}`,
          '^src/view/(panels/chart|chart/graph)\\.ts',
          '^src/ui/',
          TEST,
        ],
      },
      to: { path: packages('@?xstate/') },
    },
    {
      name: 'react-and-monaco-in-ui',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/ui/', MAIN] },
      to: { path: packages('(react|react-dom|monaco-editor|wouter|lucide-react|@radix-ui)/') },
    },
    {
      name: 'd3-in-view',
      comment: 'The run moves its time by d3-timer; all other D3 draws, in view/.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/view/', '^src/ui/run/'] },
      to: { path: packages('(@types/)?d3-') },
    },
    {
      name: 'd3-timer-only-in-run',
      severity: 'error',
      from: { path: '^src/ui/run/' },
      to: { path: packages('(@types/)?d3-'), pathNot: packages('(@types/)?d3-timer/') },
    },
    {
      name: 'node-in-its-adapter',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/adapters/node/', TEST] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'page-never-reaches-node',
      severity: 'error',
      from: { path: MAIN },
      to: { path: '^src/adapters/node/', reachable: true },
    },
    {
      name: 'sources-do-not-import-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST },
      to: { path: ['^tests/', '^scripts/', TEST] },
    },
    {
      name: 'lessons-are-data',
      severity: 'error',
      from: { path: '^lessons/' },
      to: { path: '^(src|tests|scripts)/' },
    },
    {
      name: 'engine-packages',
      comment: 'The engine takes few packages, all synchronous and free of DOM and Node.',
      severity: 'error',
      from: { path: folder(engine), pathNot: TEST },
      to: {
        path: packages(''),
        pathNot: packages('(xstate|@scure/base|@noble/hashes|@dnsquery/dns-packet|mimetext|postal-mime)/'),
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    moduleSystems: ['es6'],
    preserveSymlinks: true,
    enhancedResolveOptions: {
      extensions: ['.ts.mjs', '.tsx.mjs', '.d.ts.mjs', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'module', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
