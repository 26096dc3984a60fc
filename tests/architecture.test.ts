import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkArchitecture, importsOf } from '../scripts/architecture.mjs'
import { root } from './support/browser'

/** A tree in which every file is correct except for its imports. */
async function violationsOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const tree = mkdtempSync(join(tmpdir(), 'bad-tree-'))
  try {
    for (const [file, code] of Object.entries(files)) {
      mkdirSync(dirname(join(tree, file)), { recursive: true })
      writeFileSync(join(tree, file), code)
    }
    return (await checkArchitecture(tree)).violations
  } finally {
    rmSync(tree, { recursive: true })
  }
}

describe('imports between folders', () => {
  it('keep the rules', async () => {
    const { modules, violations } = await checkArchitecture(root)
    expect(violations).toEqual([])
    expect(modules).toBeGreaterThan(100)
  })

  it('allows what the rules allow', async () => {
    const fine = {
      'src/base/a.ts': 'export const a = 1',
      'src/session/b.ts': `import { a } from '../base/a'\nimport { setup } from 'xstate'\nexport { a, setup }`,
      'src/protocols/smtp/server/machine.ts': `import { setup } from 'xstate'\nexport default setup`,
      'src/protocols/smtp/server/server.test.ts': `import { readFileSync } from 'node:fs'\nimport m from './machine'\nexport { m, readFileSync }`,
      'src/ui/App.tsx': `import { useState } from 'react'\nexport { useState }`,
      'src/main.tsx': `import './ui/App'\nimport './session/b'`,
    }
    expect(await violationsOf(fine)).toEqual([])
  })

  it.each([
    ['base-imports-only-from-above', 'src/base/a.ts', `import type { B } from '../mail/b'`, 'src/mail/b.ts'],
    ['session-imports-only-from-above', 'src/session/a.ts', `export * from '../world/b'`, 'src/world/b.ts'],
    ['protocols-imports-only-from-above', 'src/protocols/dns/a.ts', `import '../../world/b'`, 'src/world/b.ts'],
    [
      'ui-imports-only-from-above',
      'src/ui/a.tsx',
      `const b = import('../adapters/browser/b')`,
      'src/adapters/browser/b.ts',
    ],
    ['protocols-are-apart', 'src/protocols/imap/a.ts', `import '../pop3/b'`, 'src/protocols/pop3/b.ts'],
    ['world-finds-behaviour-by-name', 'src/world/a.ts', `import '../protocols/smtp/b'`, 'src/protocols/smtp/b.ts'],
    ['page-never-reaches-node', 'src/main.tsx', `import './adapters/node/b'`, 'src/adapters/node/b.ts'],
    ['lessons-are-data', 'lessons/a.ts', `import '../src/base/b'`, 'src/base/b.ts'],
    ['sources-do-not-import-tests', 'src/ui/a.ts', `import '../../tests/b'`, 'tests/b.ts'],
    ['resolvable', 'src/ui/a.ts', `import './c'\nimport './b'`, 'src/ui/b.ts'],
    ['xstate-in-few-places', 'src/hosts/a.ts', `import { assign } from 'xstate'\nimport './b'`, 'src/hosts/b.ts'],
    ['react-and-monaco-in-ui', 'src/view/a.ts', `import 'react'\nimport './b'`, 'src/view/b.ts'],
    ['react-and-monaco-in-ui', 'src/learning/a.ts', `import 'monaco-editor/editor'\nimport './b'`, 'src/learning/b.ts'],
    ['d3-in-view', 'src/ui/stage/a.ts', `import { select } from 'd3-selection'\nimport './b'`, 'src/ui/stage/b.ts'],
    ['d3-timer-only-in-run', 'src/ui/run/a.ts', `import { zoom } from 'd3-zoom'\nimport './b'`, 'src/ui/run/b.ts'],
    [
      'node-in-its-adapter',
      'src/hosts/a.ts',
      `import { createServer } from 'node:net'\nimport './b'`,
      'src/hosts/b.ts',
    ],
    ['engine-packages', 'src/hosts/a.ts', `import 'zod'\nimport './b'`, 'src/hosts/b.ts'],
  ])('catches a breach of %s', async (rule, file, code, other) => {
    const found = await violationsOf({ [file]: `${code}\nexport {}`, [other]: 'export const b = 1\nexport type B = 1' })
    expect(found.map((line) => line.split(':')[0])).toContain(rule)
    expect(found.join()).toContain(file)
  })

  it('catches a circle, also one of types, and an unused module', async () => {
    const found = await violationsOf({
      'src/base/a.ts': `import { b } from './b'\nexport const a = () => b`,
      'src/base/b.ts': `import { a } from './a'\nexport const b = () => a`,
      'src/base/c.ts': `import type { D } from './d'\nexport type C = D`,
      'src/base/d.ts': `import { type C } from './c'\nexport type D = C[]`,
      'src/base/alone.ts': 'export const alone = 1',
    })
    expect(found).toEqual([
      'no-cycles: src/base/a.ts -> src/base/b.ts -> src/base/a.ts',
      'no-cycles: src/base/c.ts -> src/base/d.ts -> src/base/c.ts',
      'no-orphans: src/base/alone.ts',
    ])
  })

  it('finds every form of import', () => {
    const code = `
      import a, { type B } from './a'
      import type { C } from './c'
      export { d } from './d'
      import './e.css'
      const f = () => import('./f')
      const g = new Worker(${'new URL'}('./g.ts', import.meta.url), { type: 'module' })
      import h from './h?worker'
      // import './comment'
    `
    expect([...importsOf('x.ts', code)].sort()).toEqual(['./a', './c', './d', './e.css', './f', './g.ts', './h'])
    expect([...importsOf('x.ts', code, 'values')]).not.toContain('./c')
  })
})

/** Folders without a clock, randomness and waiting. */
const engine = ['base', 'mail', 'session', 'protocols', 'world', 'hosts']
const impure = [
  /\bnew Date\b|\bDate\s*[.(]/,
  /\bMath\s*\.\s*random\b/,
  /\bset(?:Timeout|Interval|Immediate)\b|\bqueueMicrotask\b|\brequestAnimationFrame\b/,
  /\bperformance\s*\./,
  /\bawait\b|\basync\b|\bPromise\b/,
  /\bIntl\b|\.toLocale\w+\(|\.localeCompare\(/,
  /\bcrypto\s*\./,
  // Its last digit differs between platforms.
  /\bMath\s*\.\s*(?:sin|cos|tan|exp|expm1|log|log2|log10|log1p|pow|cbrt|hypot|sinh|cosh|tanh|asin|acos|atan|atan2)\b|\*\*/,
]

/** The code without comments, strings, the text of templates and regular expressions. */
function bare(code: string): string {
  const silent =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|\$\{[^`{}]*\}|[^`\\])*`|(?<=[=(,:;!&|?{}[\n]\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g
  return code.replace(silent, (text) => (text.startsWith('`') ? (text.match(/\$\{[^`{}]*\}/g) ?? []).join(' ') : ' '))
}

const impurities = (code: string): readonly string[] =>
  bare(code)
    .split('\n')
    .flatMap((line) => (impure.some((pattern) => pattern.test(line)) ? [line.trim()] : []))

describe('the engine', () => {
  it.each(engine)('src/%s has no clock, chance or waiting', (folder) => {
    const found = readdirSync(join(root, 'src', folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .flatMap((file) =>
        impurities(readFileSync(join(root, 'src', folder, file), 'utf8')).map((line) => `${file}: ${line}`),
      )
    expect(found).toEqual([])
  })

  it.each([
    'const now = Date.now()',
    'const now = new Date(0)',
    'const chance = Math.random()',
    'setTimeout(f, 1)',
    'const t = performance.now()',
    'const x = await f()',
    'return Promise.resolve(1)',
    'const text = `at ${Date.now()}`',
    'const y = Math.pow(2, 0.5)',
  ])('would be caught with %s', (line) => {
    expect(impurities(line)).toHaveLength(1)
  })

  it.each([
    "const header = 'Date: '",
    '// await the answer',
    '/* new Date */',
    'const dateTime = 1',
    'const dated = /Date\\.now/',
    '`Date.now() ${x}`',
  ])('may say %s', (line) => {
    expect(impurities(line)).toEqual([])
  })
})
