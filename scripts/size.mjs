// How much JavaScript the page loads before it shows anything, in brotli octets, and whether the build asks another origin.
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
 * The scripts that index.html names, and all that they import statically.
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
 * Scripts and all that they import statically.
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
 * Addresses elsewhere that the browser would load: in HTML and CSS, and in the forms that scripts load by.
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

const scripts = [...initialScripts()].map((file) => ({ file, size: brotli(file) }))
const total = scripts.reduce((sum, { size }) => sum + size, 0)
for (const { file, size } of scripts) console.log(`${String(size).padStart(8)}  ${file}`)
console.log(`${String(total).padStart(8)}  initial JavaScript in brotli octets, limit ${LIMIT}`)

// The stage with the engine comes right after the first paint: not limited, but told.
const stage = closure(
  readdirSync(join(dist, 'assets')).flatMap((name) => (/^HomeStage-.*\.js$/.test(name) ? [`assets/${name}`] : [])),
)
const later = [...stage].filter((file) => !scripts.some((script) => script.file === file))
const more = later.reduce((sum, file) => sum + brotli(file), 0)
console.log(`${String(more).padStart(8)}  more until the stage on the home page is live`)

const foreign = foreignRequests()
for (const request of foreign) console.error(`The build asks another origin: ${request}`)
if (scripts.length === 0) console.error('dist/index.html names no script.')
if (total > LIMIT) console.error(`The initial JavaScript is ${total - LIMIT} octets above its limit.`)
process.exitCode = scripts.length > 0 && total <= LIMIT && foreign.length === 0 ? 0 : 1
