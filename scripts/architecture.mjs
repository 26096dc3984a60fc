// Checks who imports whom, by the rules in .dependency-cruiser.cjs.
//
// dependency-cruiser reads TypeScript through the compiler's JavaScript interface, which TypeScript 7 does not have. So the
// tree that it reads is a copy in which each file holds only its imports, type imports too, as Vite's own parser finds them:
// `a.ts` becomes `a.ts.mjs`.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise } from 'dependency-cruiser'
import { parseSync } from 'vite'
import { root } from './run.mjs'

const folders = ['src', 'lessons', 'tests', 'scripts']
const single = ['vite.config.ts']
const CODE = /\.(?:tsx?|mts|mjs|js)$/

/** Violations of this rule do harm only in running code: it ignores imports of types. All others count them. */
const RUN_TIME_RULES = new Set(['page-never-reaches-node'])

/**
 * The broken rules of a source tree, one line each; empty if all hold.
 * @param {string} tree its root: holds `src`
 * @returns {Promise<{ readonly modules: number, readonly violations: readonly string[] }>}
 */
export async function checkArchitecture(tree) {
  const all = await cruiseCopy(tree, 'all', (rule) => !RUN_TIME_RULES.has(rule.name))
  const values = await cruiseCopy(tree, 'values', (rule) => RUN_TIME_RULES.has(rule.name))
  return { modules: all.totalCruised, violations: [...all.violations, ...values.violations].map(lineOf).sort() }
}

/**
 * @param {string} tree
 * @param {'all' | 'values'} kinds
 * @param {(rule: { readonly name: string }) => boolean} wanted
 */
async function cruiseCopy(tree, kinds, wanted) {
  const copy = mkdtempSync(join(tmpdir(), 'architecture-'))
  try {
    for (const file of filesOf(tree)) copyImports(tree, file, copy, kinds)
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
    const { forbidden, options } = createRequire(import.meta.url)('../.dependency-cruiser.cjs')
    const present = folders.filter((folder) => readdirSync(copy).includes(folder))
    const ruleSet = { forbidden: forbidden.filter(wanted) }
    const cruiseOptions = { ...options, baseDir: copy, ruleSet, validate: true }
    const { output } = await cruise(present, cruiseOptions, options.enhancedResolveOptions)
    if (typeof output === 'string') throw new Error(output)
    return output.summary
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

/**
 * @param {{ rule: { name: string }, from: string, to: string, cycle?: readonly { name: string }[], via?: readonly { name:
 * string }[] }} violation
 */
function lineOf({ rule, from, to, cycle, via }) {
  const way = (cycle ?? via ?? []).map((step) => step.name)
  const target = way.length > 0 ? way.join(' -> ') : to
  const told = target === from ? from : `${from} -> ${target}`
  return `${rule.name}: ${told.replace(/(\.[mc]?tsx?)\.mjs\b/g, '$1')}`
}

/** @param {string} tree */
function filesOf(tree) {
  const names = readdirSync(tree)
  const inFolders = folders
    .filter((folder) => names.includes(folder))
    .flatMap((folder) =>
      readdirSync(join(tree, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(tree, join(entry.parentPath, entry.name)).split(sep).join('/')),
    )
  return [...inFolders, ...single.filter((file) => names.includes(file))]
}

/**
 * @param {string} tree
 * @param {string} file
 * @param {string} copy
 * @param {'all' | 'values'} kinds
 */
function copyImports(tree, file, copy, kinds) {
  const target = join(copy, file)
  mkdirSync(dirname(target), { recursive: true })
  if (!CODE.test(file)) return writeFileSync(target, '')
  const names = importsOf(file, readFileSync(join(tree, file), 'utf8'), kinds)
  const script = /\.m?js$/.test(file) ? target : `${target}.mjs`
  writeFileSync(script, names.map((name) => `import '${name}'\n`).join(''))
}

/**
 * The imports of a module: static, dynamic, by `export … from`, and as a worker by URL. Queries of Vite are removed.
 * @param {string} file
 * @param {string} code
 * @param {'all' | 'values'} kinds
 * @returns {readonly string[]}
 */
export function importsOf(file, code, kinds = 'all') {
  const { module, errors } = parseSync(file, code)
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`)
  /** @param {readonly { readonly isType: boolean }[]} entries */
  const counts = (entries) => kinds === 'all' || entries.length === 0 || entries.some((entry) => !entry.isType)
  const names = [
    ...module.staticImports.flatMap(({ entries, moduleRequest }) => (counts(entries) ? [moduleRequest.value] : [])),
    ...module.staticExports.flatMap(({ entries }) =>
      counts(entries) ? entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []) : [],
    ),
    ...module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) =>
      matched(/^(?:'([^']*)'|"([^"]*)"|`([^`$]*)`)$/, code.slice(start, end)),
    ),
    ...matched(/new URL\(\s*'(\.[^']+\.[mc]?[jt]sx?)'\s*,\s*import\.meta\.url/g, code),
  ]
  const files = names.filter((name) => !name.startsWith('virtual:')).map((name) => name.replace(/\?.*$/, ''))
  return [...new Set(files)]
}

/**
 * The captured groups of every match.
 * @param {RegExp} pattern
 * @param {string} text
 * @returns {readonly string[]}
 */
function matched(pattern, text) {
  const every = new RegExp(pattern, pattern.flags.includes('g') ? pattern.flags : `${pattern.flags}g`)
  return [...text.matchAll(every)].flatMap(([, ...groups]) => groups.filter((group) => group !== undefined))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { modules, violations } = await checkArchitecture(root)
  for (const violation of violations) console.error(violation)
  console.log(`${modules} modules, ${violations.length} broken rules`)
  process.exitCode = violations.length === 0 ? 0 : 1
}
