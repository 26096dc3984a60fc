// Measures the JavaScript of the home page's first screen in brotli octets, and checks that the build asks no other origin. The
// first screen is the stage at rest: the sentence, the map, the letter with its button, the strip. It needs the scripts of
// index.html, the stage's own, and all their static imports; dynamic imports come later.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { parseSync } from 'vite'
import { root } from './run.mjs'

const LIMIT = 130_000
const dist = join(root, 'dist')

/** @param {string} file path inside dist, with forward slashes */
const read = (file) => readFileSync(join(dist, file))
/** @param {string} file */
const brotli = (file) =>
  brotliCompressSync(read(file), { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }).length

/**
 * The scripts that index.html names, and all their static imports.
 * @returns {ReadonlySet<string>}
 */
function initialScripts() {
  const html = read('index.html').toString('utf8')
  return closure(
    [...html.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="([^"]+\.js)"/g)].map((match) =>
      posix.normalize(match[1] ?? ''),
    ),
  )
}

/**
 * Scripts and all their static imports.
 * @param {readonly string[]} files
 * @returns {ReadonlySet<string>}
 */
function closure(files) {
  const found = new Set(files)
  for (const file of found) {
    const { module } = parseSync(file, read(file).toString('utf8'))
    const requests = [
      ...module.staticImports.map((statement) => statement.moduleRequest.value),
      ...module.staticExports.flatMap(({ entries }) =>
        entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
      ),
    ]
    for (const request of requests) if (request.startsWith('.')) found.add(posix.join(posix.dirname(file), request))
  }
  return found
}

/**
 * Addresses of other origins that the browser would load: in HTML and CSS, and in the forms by which scripts load.
 * @returns {readonly string[]}
 */
function foreignRequests() {
  const elsewhere =
    /(?:\b(?:src|href|action|poster)\s*=\s*|url\(\s*|@import\s*|\b(?:fetch|import|importScripts|WebSocket|EventSource|Worker)\(\s*)["'`]?((?:https?:|wss?:)?\/\/[^"'`)\s>]+)/gi
  return readdirSync(dist, { recursive: true, encoding: 'utf8' }).flatMap((file) => {
    if (!/\.(?:html|css|js|json|webmanifest|svg)$/.test(file)) return []
    const text = read(file)
      .toString('utf8')
      .replace(/<a\s[^>]*>/gi, '')
    return [...text.matchAll(elsewhere)].map((match) => `${file}: ${match[1]}`)
  })
}

if (!existsSync(join(dist, 'index.html'))) {
  console.error('There is no dist/index.html: run `npm run build` first.')
  process.exit(1)
}

/**
 * The script of a module that is only imported dynamically.
 * @param {string} module its file name without the ending
 * @returns {string}
 */
function scriptOf(module) {
  const [name, ...others] = readdirSync(join(dist, 'assets')).filter((file) =>
    new RegExp(`^${module}-[\\w-]{8}\\.js$`).test(file),
  )
  if (name === undefined || others.length > 0) throw new Error(`There is not one script of ${module} in dist/assets.`)
  return `assets/${name}`
}

/**
 * Prints each script with its size, and returns the sum.
 * @param {Iterable<string>} files
 * @returns {number}
 */
function told(files) {
  let sum = 0
  for (const file of files) {
    const size = brotli(file)
    console.log(`${String(size).padStart(8)}  ${file}`)
    sum += size
  }
  return sum
}

const initial = initialScripts()
const first = closure([...initial, scriptOf('HomeStage')])
const total = told(first)
console.log(`${String(total).padStart(8)}  JavaScript of the first screen in brotli octets, limit ${LIMIT}\n`)

const engine = [...closure([scriptOf('engine')])].filter((file) => !first.has(file))
console.log(`${String(told(engine)).padStart(8)}  more for the engine, which comes once the first screen is drawn`)

const foreign = foreignRequests()
for (const request of foreign) console.error(`The build asks another origin: ${request}`)
if (initial.size === 0) console.error('dist/index.html names no script.')
if (total > LIMIT) console.error(`The first screen's JavaScript is ${total - LIMIT} octets above its limit.`)
process.exitCode = initial.size > 0 && total <= LIMIT && foreign.length === 0 ? 0 : 1
