import { findBrowser, findProgram, namedProgram } from '../browser'
import { everythingIsHere } from '../everything'
import type { Engine } from './engine'
import { launchChromium, launchFirefox } from './puppeteer'
import { launchWebKit } from './webkit'

/** The three engines of today's browsers, as far as this machine has them. */

interface Found {
  readonly name: 'Chromium' | 'Firefox' | 'WebKit'
  /** The program; undefined if it is missing. */
  readonly program: string | undefined
  /** The Debian packages that contain it. */
  readonly packages: string
  launch(): Promise<Engine>
}

const FIREFOX = [
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
] as const

/** Looks for all three. Chromium always exists: the last choice comes with the packages. */
export async function findEngines(): Promise<readonly Found[]> {
  const chromium = await findBrowser()
  const firefox = namedProgram('FIREFOX_PATH') ?? findProgram(['firefox', 'firefox-esr'], FIREFOX)
  const driver = findProgram(['WebKitWebDriver'])
  const xvfb = findProgram(['Xvfb'])
  const shown = xvfb !== undefined || process.env['DISPLAY'] !== undefined
  return [
    { name: 'Chromium', program: chromium.executablePath, packages: 'chromium', launch: launchChromium },
    {
      name: 'Firefox',
      program: firefox,
      packages: 'firefox-esr',
      launch: () => launchFirefox(needed(firefox, 'Firefox')),
    },
    {
      name: 'WebKit',
      program: shown ? driver : undefined,
      packages: 'webkit2gtk-driver and xvfb',
      launch: () => launchWebKit({ driver: needed(driver, 'WebKitWebDriver'), xvfb }),
    },
  ]
}

function needed(program: string | undefined, name: string): string {
  if (program === undefined) throw new Error(`${name} is not here`)
  return program
}

/** The engines that the tests run in: in CI all three, elsewhere those on this machine. */
export const enginesToTry = async (): Promise<readonly Found[]> =>
  (await findEngines()).filter(({ program }) => program !== undefined || everythingIsHere)

/** One line for the person who runs the tests: the browsers in use, and the missing engines. */
export async function engineLine(): Promise<string> {
  const found = await findEngines()
  const here = found.filter(({ program }) => program !== undefined)
  const missing = found.filter(({ program }) => program === undefined)
  const left = missing.map(({ name, packages }) => `${name} is not here (Debian has it in ${packages})`)
  return [`Browsers: ${here.map(({ name, program }) => `${name} is ${program}`).join(', ')}`, ...left].join('; ')
}
