import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer } from 'node:net'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { BUILDER, WITH_DEMO } from './buildOnce'

/** Finds a browser on whatever machine the tests run, and serves the page to it. */

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

interface Found {
  readonly executablePath: string
  readonly env?: Readonly<Record<string, string>>
}

/**
 * Features that are off. The first two open two pages of the address bar with each window, which no test sees; the others are
 * Playwright's own choice, which this flag replaces.
 */
const FEATURES_OFF = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
]

export const flags = [
  `--disable-features=${FEATURES_OFF.join(',')}`,
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const systemNames = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'chrome',
  'microsoft-edge',
]
const systemPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** The first of these programs that exists: names are looked up as the shell does, places are whole paths. */
export function findProgram(names: readonly string[], places: readonly string[] = []): string | undefined {
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
  return [...onPath, ...places].find((file) => existsSync(file))
}

/** The program that an environment variable names; throws if it does not exist. */
export function namedProgram(variable: string): string | undefined {
  const named = process.env[variable]
  if (named && !existsSync(named)) throw new Error(`${variable} names ${named}, and there is no such file`)
  return named || undefined
}

/** CHROME_PATH, or the system's own, which people use; else Playwright's, or the one inside an npm package (Linux x64). */
export async function findBrowser(): Promise<Found> {
  const system = namedProgram('CHROME_PATH') ?? findProgram(systemNames, systemPlaces)
  if (system) return { executablePath: system }
  const own = chromium.executablePath()
  if (own && existsSync(own)) return { executablePath: own }
  if (process.platform === 'linux' && process.arch === 'x64') return unpacked()
  throw new Error('No browser was found. Install Chrome or Chromium, or name one: CHROME_PATH=/path/to/chrome npm test')
}

/**
 * The packed browser, unpacked once into node_modules/.cache. The package unpacks into the temporary folder and mistakes a
 * half-written file of another process for a finished one, so each process unpacks into its own folder and renames it.
 */
async function unpacked(): Promise<Found> {
  const manifest = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const { version } = JSON.parse(await readFile(join(manifest, '../../../package.json'), 'utf8')) as { version: string }
  const cache = join(root, 'node_modules', '.cache')
  const folder = join(cache, `chromium-${version}`)
  if (!existsSync(folder)) {
    await mkdir(cache, { recursive: true })
    const own = await mkdtemp(`${folder}-`)
    const before = process.env['TMPDIR']
    process.env['TMPDIR'] = own
    // The package reads this when it is imported: with it, it unpacks the system libraries too.
    process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs22.x'
    const { default: packed } = await import('@sparticuz/chromium')
    await packed.executablePath()
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
    // The file that comes with the fonts names folders of another machine.
    await writeFile(
      join(own, 'fonts', 'fonts.conf'),
      `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>
`,
    )
    await rename(own, folder).catch(() => rm(own, { recursive: true }))
  }
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: join(folder, 'fonts') },
  }
}

export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await findBrowser()
  const surroundings = Object.fromEntries(
    Object.entries(process.env).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]])),
  )
  return chromium.launch({ executablePath, args: flags, headless: true, env: { ...surroundings, ...env } })
}

/** All complaints of a page: console warnings and errors, exceptions, requests that failed or went to another machine. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'warning' || message.type() === 'error')
      complaints.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`))
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? ''
    if (why !== 'net::ERR_ABORTED') complaints.push(`request failed: ${request.url()} ${why}`)
  })
  page.on('request', (request) => {
    if (!/^(?:https?:\/\/127\.0\.0\.1[:/]|data:|blob:)/.test(request.url()))
      complaints.push(`request elsewhere: ${request.url()}`)
  })
  return complaints
}

export interface Served {
  /** `http://127.0.0.1:PORT/`, with its slash. */
  readonly url: string
  close(): Promise<void>
}

const built = new Map<string, Promise<string>>()

/** The folder of a production build, made once for all tests of a run. */
function buildFolder(which = '/'): Promise<string> {
  const known = built.get(which) ?? askForBuild(which)
  built.set(which, known)
  return known
}

async function askForBuild(which: string): Promise<string> {
  const builder = process.env[BUILDER]
  if (builder === undefined) throw new Error(`No builder runs: ${BUILDER} is not set (tests/support/buildOnce.ts).`)
  const answer = await fetch(builder + which)
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
  return text
}

/** The production build on a free port of this machine. */
export const serveBuild = (): Promise<Served> => serveFolder('/')

/** The same with the lessons of `tests/demo` too. */
export const serveDemo = (): Promise<Served> => serveFolder(WITH_DEMO)

const serveFolder = async (which: string): Promise<Served> => serveAt(await buildFolder(which))

/** A build that stands in a folder. */
export async function serveAt(outDir: string): Promise<Served> {
  const { preview } = await import('vite')
  const server = await preview({
    root,
    logLevel: 'error',
    build: { outDir },
    preview: { host: '127.0.0.1', port: await freePort(), strictPort: true, open: false },
  })
  return {
    url: server.resolvedUrls?.local[0] ?? '',
    close: () => server.close(),
  }
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

type Answer = (request: IncomingMessage, response: ServerResponse) => boolean

/**
 * The production build below a path, by a server that knows nothing but files; `answer` may take a request for itself,
 * and says so by giving back true. `head` is put first into the head of the page.
 */
export async function servePlainly(path: string, answer: Answer = () => false, head = ''): Promise<Served> {
  const outDir = await buildFolder()
  const server = createHttpServer((request, response) => {
    if (answer(request, response)) return
    const asked = decodeURIComponent((request.url ?? '').replace(/[?#].*$/, ''))
    const name = asked.startsWith(path) ? asked.slice(path.length) || 'index.html' : undefined
    const file = name === undefined || name.includes('..') ? undefined : join(outDir, name)
    if (file === undefined || !existsSync(file)) {
      response.writeHead(404).end()
      return
    }
    const type = MEDIA_TYPES[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
    const content = readFileSync(file)
    response
      .writeHead(200, { 'content-type': type })
      .end(type === 'text/html' ? content.toString('utf8').replace('<head>', `<head>${head}`) : content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${path}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A free port of this machine. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

/**
 * The development server, for tests that import the sources in the page; `answer` as of `servePlainly`. With `edits` the page
 * follows the files as they are edited.
 */
export async function serveDev(answer: Answer = () => false, edits = false): Promise<Served> {
  const vite = await import('vite')
  const server = await vite.createServer({
    root,
    logLevel: 'error',
    plugins: [
      {
        name: 'answer',
        configureServer: ({ middlewares }) => {
          middlewares.use((request, response, next) => answer(request, response) || next())
        },
      },
    ],
    cacheDir: join(root, 'node_modules', '.cache', `vite-${process.pid}`),
    server: {
      host: '127.0.0.1',
      port: await freePort(),
      strictPort: true,
      open: false,
      ...(!edits && { hmr: false, watch: null }),
    },
  })
  await server.listen()
  return { url: server.resolvedUrls?.local[0] ?? '', close: () => server.close() }
}
