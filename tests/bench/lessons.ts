import type { Browser, Page } from 'playwright-core'
import { launchBrowser, type Served, serveAt, serveBuild } from '../support/browser'
import buildOnce from '../support/buildOnce'
import { median } from './result'

/**
 * How long a lesson takes from the press in the course until its title stands, and until its text and the map's first instant do,
 * as the first page after the course and as the next one: `npm run bench -- lessons [FOLDER]`. With the folder of another build both
 * take turns, since a busy machine slows both.
 */

const LESSONS = ['The envelope', 'Whose post office?', 'Be every machine'] as const
/** The lesson that was opened and left before the next one. */
const BEFORE = 'Collect and carry home'
const ROUNDS = 5
/** The course is looked at for this long before a lesson is pressed, in milliseconds. */
const LOOKED = 500

/**
 * A pointer rests on a link for this long before it presses, in milliseconds, or for the number after the folder: people take longer
 * than this from reaching a link to letting go of it.
 */
const RESTED = Number(process.argv[3] ?? 100)

/** The times of a lesson in the page, from the press on. */
const TIMED = `
  addEventListener('click', ({ timeStamp }) => {
    let title
    globalThis.opened = new Promise((resolve) => {
      const look = () => {
        const column = document.querySelector('[data-lesson-column]')
        if (column?.querySelector('h1')?.textContent) title ??= performance.now() - timeStamp
        const stands = title !== undefined && column.querySelectorAll('p').length > 3
        if (!stands || document.querySelectorAll('.map .host').length < 4) requestAnimationFrame(look)
        else requestAnimationFrame(() => resolve({ title, whole: performance.now() - timeStamp }))
      }
      requestAnimationFrame(look)
    })
  }, { capture: true })
`

interface Opening {
  readonly title: number
  readonly whole: number
}

/** The times of the first page after the course, and of a lesson after another one. */
interface Times extends Opening {
  readonly next: number
}

/** Opens a lesson from the course, as a pointer does. */
async function openingOf(page: Page, title: string): Promise<Opening> {
  const link = page.getByRole('listitem').getByRole('link').filter({ hasText: title })
  await link.waitFor()
  await page.waitForLoadState('networkidle')
  await page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), LOOKED)
  await link.hover()
  await page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), RESTED)
  await link.click()
  return await page.evaluate<Opening>('opened')
}

/** Opens a lesson as the first one, in a browser without anything kept, and in another one after a lesson was left. */
async function timesOf(browser: Browser, { url }: Served, title: string): Promise<Times> {
  const first = await inNewContext(browser, url, (page) => openingOf(page, title))
  const next = await inNewContext(browser, url, async (page) => {
    await openingOf(page, BEFORE)
    await page.getByRole('link', { name: 'Learn', exact: true }).first().click()
    return openingOf(page, title)
  })
  return { ...first, next: next.whole }
}

async function inNewContext<T>(browser: Browser, url: string, work: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  await context.addInitScript(TIMED)
  try {
    const page = await context.newPage()
    await page.goto(`${url}#/learn`)
    return await work(page)
  } finally {
    await context.close()
  }
}

const [folder] = process.argv.slice(2)
const stop = await buildOnce()
const [browser, ...served] = await Promise.all([
  launchBrowser(),
  serveBuild(),
  ...(folder === undefined ? [] : [serveAt(folder)]),
])
try {
  for (const lesson of LESSONS) {
    const times = served.map((): Times[] => [])
    for (let round = 0; round < ROUNDS; round++)
      for (const [at, each] of served.entries()) times[at]?.push(await timesOf(browser, each, lesson))
    const of = (at: number, key: keyof Times): number => median((times[at] ?? []).map((each) => each[key]))
    const told = `${lesson}: its title after ${of(0, 'title').toFixed(0)} ms, text and map after ${of(0, 'whole').toFixed(0)} ms; after another lesson ${of(0, 'next').toFixed(0)} ms`
    const other =
      served.length === 1 ? '' : `; the other build ${of(1, 'title').toFixed(0)} and ${of(1, 'whole').toFixed(0)} ms`
    const ratio = served.length === 1 ? '' : `, ratio ${(of(0, 'title') / of(1, 'title')).toFixed(2)}`
    process.stdout.write(`${told}${other}${ratio}\n`)
  }
} finally {
  await browser.close()
  await Promise.all(served.map((each) => each.close()))
  await stop()
}
