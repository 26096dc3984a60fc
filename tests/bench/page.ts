import type { CDPSession, Page } from 'playwright-core'
import { launchBrowser, serveBuild } from '../support/browser'
import buildOnce from '../support/buildOnce'
import { crowdedRun, crowdedWorld } from './crowd'
import { median } from './result'

/** Benches of the page in a real browser, without a GPU: `npm run bench -- page`. */

/** Laptops and servers of the crowded worlds: a message is under way from each laptop to each server. */
const CROWDS = [
  [3, 2],
  [10, 5],
  [15, 14],
] as const
/** The messages of the crowded worlds are under way from 5600 to 6000 ms; the run ends at 8000. */
const AMID = 5700
const ENDED = 8100
/** How long the page plays for a figure, in milliseconds. */
const PLAYED = 4000
const ROUNDS = 3

/** A run of the lab in which this many letters leave Alice's laptop at the start, as the browser keeps it. */
function crowd(letters: number): object {
  const interventions = Array.from({ length: letters }, (_, n) => ({
    type: 'submitted',
    at: 0,
    host: 'alice-laptop',
    account: 'alice@paper.example',
    forwardPaths: ['bob@bird.example'],
    message: [
      'From: Alice <alice@paper.example>',
      'To: Bob <bob@bird.example>',
      `Subject: Letter ${n}`,
      '',
      'Hello.',
      '',
    ].join('\r\n'),
  }))
  return {
    version: 2,
    scenario: 'two-towns',
    seed: 25,
    stepBy: 'line',
    speed: 1,
    all: [{ interventions, t: 0, until: 20_000, id: 0 }],
    current: 0,
    revision: 'bench',
  }
}

/** Puts a run into the browser's database, from which the lab takes it. */
const keep = (page: Page, run: object, key = 'run:lab'): Promise<void> =>
  page.evaluate(
    ([kept, name]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('keyval-store')
        opening.onupgradeneeded = () => opening.result.createObjectStore('keyval')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const change = opening.result.transaction('keyval', 'readwrite')
          change.objectStore('keyval').put(kept, name)
          change.oncomplete = () => {
            opening.result.close()
            resolve()
          }
        }
      }),
    [run, key] as const,
  )

interface Spent {
  readonly TaskDuration: number
  readonly RecalcStyleDuration: number
  readonly LayoutDuration: number
  readonly ScriptDuration: number
}

async function spent(devtools: CDPSession): Promise<Spent> {
  const { metrics } = (await devtools.send('Performance.getMetrics')) as { metrics: { name: string; value: number }[] }
  const of = (name: string): number => (metrics.find((each) => each.name === name)?.value ?? 0) * 1000
  return {
    TaskDuration: of('TaskDuration'),
    RecalcStyleDuration: of('RecalcStyleDuration'),
    LayoutDuration: of('LayoutDuration'),
    ScriptDuration: of('ScriptDuration'),
  }
}

/** Frames in a time of the page, in milliseconds. */
const framesIn = (page: Page, ms: number): Promise<number> =>
  page.evaluate(
    (time) =>
      new Promise<number>((resolve) => {
        const started = performance.now()
        let frames = 0
        const count = (): void => {
          if (performance.now() - started >= time) resolve((frames / (performance.now() - started)) * 1000)
          else {
            frames++
            requestAnimationFrame(count)
          }
        }
        requestAnimationFrame(count)
      }),
    ms,
  )

/** Opens the lab with the crowd, at the instant at which most of it is drawn on the way. */
async function openAmid(page: Page, url: string, letters: number): Promise<void> {
  await page.goto(`${url}#/reference`)
  await keep(page, crowd(letters))
  await page.goto(`${url}#/lab?moment=20`)
  await page.reload()
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor({ timeout: 120_000 })
  await page.evaluate(async () => {
    const frame = (): Promise<unknown> => new Promise(requestAnimationFrame)
    let [most, at] = [0, 0]
    for (let moment = 20; moment < 3000; moment += 20) {
      location.hash = `#/lab?moment=${moment}`
      await frame()
      await frame()
      const drawn = document.querySelectorAll('.traveller').length
      if (drawn > most) [most, at] = [drawn, moment]
    }
    location.hash = `#/lab?moment=${at}`
    await frame()
  })
}

/** Opens a crowded world at an instant at which all its messages are on the way. */
async function openCrowd(page: Page, url: string, laptops: number, servers: number): Promise<void> {
  const world = crowdedWorld('crowd', laptops, servers)
  await page.goto(`${url}#/reference`)
  await page.evaluate((kept) => sessionStorage.setItem('scenario:crowd', kept), JSON.stringify(world))
  await keep(page, crowdedRun(world, ENDED), 'run:lab:crowd')
  await page.goto(`${url}#/lab/crowd?moment=${AMID}`)
  await page.reload()
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor({ timeout: 120_000 })
}

async function frames(page: Page, url: string, laptops: number, servers: number): Promise<string> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  await openCrowd(page, url, laptops, servers)
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  const rates: number[] = []
  const without: number[] = []
  const parts = { task: [] as number[], style: [] as number[], layout: [] as number[], script: [] as number[] }
  let flying = Number.POSITIVE_INFINITY
  // Frames with the travellers and without them take turns, so that other work of the machine affects them equally.
  for (let round = 0; round < ROUNDS; round++) {
    const before = await spent(devtools)
    const rate = await framesIn(page, PLAYED)
    const after = await spent(devtools)
    const drawn = (rate * PLAYED) / 1000
    rates.push(rate)
    parts.task.push((after.TaskDuration - before.TaskDuration) / drawn)
    parts.style.push((after.RecalcStyleDuration - before.RecalcStyleDuration) / drawn)
    parts.layout.push((after.LayoutDuration - before.LayoutDuration) / drawn)
    parts.script.push((after.ScriptDuration - before.ScriptDuration) / drawn)
    flying = Math.min(flying, await messagesDrawn(page))
    const hidden = await page.addStyleTag({ content: '.map-travellers { display: none }' })
    without.push(await framesIn(page, PLAYED / 4))
    await hidden.evaluate((style) => style.parentNode?.removeChild(style))
  }
  const ms = (values: readonly number[]): string => median(values).toFixed(1)
  return (
    `frames, ${laptops * servers} messages sent, ${flying} drawn on the way: ${median(rates).toFixed(0)} a second, ` +
    `${(median(rates) / median(without)).toFixed(2)} of those without them; ${ms(parts.task)} ms a frame, of it ` +
    `style ${ms(parts.style)}, layout ${ms(parts.layout)} and script ${ms(parts.script)}`
  )
}

/** The messages that the map draws on their way: in full, or as pieces of a crowd's outlines. */
const messagesDrawn = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const pieces = [...document.querySelectorAll('.map .crowd .outline')].map(
      (outline) => (outline.getAttribute('d') ?? '').split('M').length - 1,
    )
    return pieces.reduce((sum, count) => sum + count, document.querySelectorAll('.map .traveller.letter').length)
  })

/** Milliseconds from a press to the next picture, as the browser itself times it; the largest of a page's presses since the last call. */
const slowest = (page: Page): Promise<number> => page.evaluate<number>('Math.max(0, ...pressed.splice(0))')

const TIMED = `
  globalThis.__name = (made) => made // The loader names functions by a helper that only exists there.
  globalThis.pressed = []
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) globalThis.pressed.push(duration)
  }).observe({ type: 'event', durationThreshold: 16, buffered: true })
`

/**
 * The panels and the sides of the lab in a run with a letter, each opened twice: the first time loads code, and its next picture
 * may be one that is still empty.
 */
async function panels(page: Page, url: string): Promise<string> {
  await openAmid(page, url, 1)
  const press = async (role: 'tab' | 'button', name: string): Promise<number> => {
    await page.getByRole(role, { name, exact: true }).click()
    await framesIn(page, 500)
    return slowest(page)
  }
  const told = new Map<string, number[]>()
  const tell = async (role: 'tab' | 'button', name: string): Promise<void> => {
    told.set(name, [...(told.get(name) ?? []), await press(role, name)])
  }
  for (let round = 0; round < 2; round++) {
    for (const side of ['Ladder', 'Events', 'State', 'Letter', 'Map']) await tell('button', side)
    for (const tab of ['Inspector', 'Mailboxes', 'Machine', 'Transcript']) await tell('tab', tab)
  }
  return [...told].map(([name, times]) => `${name} ${times.join(' and ')}`).join(', ')
}

/**
 * The ladder of thirty days, in which a laptop looks for mail every ten minutes: the first opening, which loads its code, another,
 * and when its groups are opened, so that it has all the rows of the run that are kept.
 */
async function ladder(page: Page, url: string): Promise<string> {
  await openAmid(page, url, 1)
  await runThirtyDaysOn(page, 30)
  const press = async (name: string): Promise<number> => {
    await framesIn(page, 500)
    await slowest(page)
    await page.getByRole('button', { name, exact: true }).click()
    await framesIn(page, 1000)
    return slowest(page)
  }
  const rows = (): Promise<string | null> =>
    page.getByRole('table', { name: 'The ladder as a table' }).getAttribute('aria-rowcount')
  const drawn = (): Promise<number> => page.locator('[data-row]').count()
  const first = await press('Ladder')
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await press('Map')
    times.push(await press('Ladder'))
  }
  const closed = `${await rows()} rows, ${await drawn()} of them drawn`
  const all = await press('Open all')
  return (
    `ladder of ${closed}: ${first} ms to the next picture the first time, ${median(times)} again; ` +
    `of ${await rows()} rows, ${await drawn()} of them drawn: ${all} ms`
  )
}

/** Presses while 50 letters fly. */
async function presses(page: Page, url: string): Promise<number> {
  await openAmid(page, url, 50)
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  const times: number[] = []
  for (const tab of ['Inspector', 'Mailboxes', 'Transcript', 'Inspector', 'Mailboxes', 'Transcript']) {
    await slowest(page)
    await page.getByRole('tab', { name: tab, exact: true }).click()
    await framesIn(page, 300)
    times.push(await slowest(page))
  }
  return median(times)
}

/** Goes to the end of the run and runs it on for thirty days, until this day has begun. */
async function runThirtyDaysOn(page: Page, day: number): Promise<void> {
  const end = page.getByRole('button', { name: 'Go to end' })
  if ((await end.getAttribute('aria-disabled')) !== 'true') await end.click()
  await page.getByRole('combobox', { name: 'How far to run on' }).selectOption('thirtyDays')
  await page.locator('button.run-on').click()
  const clock = page.getByRole('timer').filter({ hasText: new RegExp(`^${day} d`) })
  await clock.waitFor({ timeout: 240_000 })
  await page.getByRole('combobox', { name: 'How far to run on' }).waitFor({ timeout: 240_000 })
}

/**
 * Megabytes of the page's heap after a collection, when thirty days have filled the trace, and thirty days later; the panels are
 * opened.
 */
async function heap(page: Page, url: string): Promise<readonly [before: number, after: number]> {
  const devtools = await page.context().newCDPSession(page)
  const used = async (): Promise<number> => {
    await devtools.send('HeapProfiler.collectGarbage')
    const { usedSize } = (await devtools.send('Runtime.getHeapUsage')) as { usedSize: number }
    return usedSize / 1e6
  }
  await openAmid(page, url, 1)
  const runOnTo = async (day: number): Promise<void> => {
    await runThirtyDaysOn(page, day)
    for (const tab of ['Inspector', 'Mailboxes', 'Machine', 'Transcript'])
      await page.getByRole('tab', { name: tab, exact: true }).click()
  }
  await runOnTo(30)
  const before = await used()
  await runOnTo(60)
  return [before, await used()]
}

const stop = await buildOnce()
const [browser, served] = await Promise.all([launchBrowser(), serveBuild()])

/** Measures on an empty page of its own. */
async function onPage<T>(measure: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  await context.addInitScript(TIMED)
  try {
    return await measure(await context.newPage())
  } finally {
    await context.close()
  }
}

const say = (line: string): boolean => process.stdout.write(`${line}\n`)
try {
  for (const [laptops, servers] of CROWDS) say(await onPage((page) => frames(page, served.url, laptops, servers)))
  say(
    `panels, ms to the next picture, the first and the second time: ${await onPage((page) => panels(page, served.url))}`,
  )
  say(await onPage((page) => ladder(page, served.url)))
  say(`a press while 50 letters fly: ${await onPage((page) => presses(page, served.url))} ms to the next picture`)
  const [before, after] = await onPage((page) => heap(page, served.url))
  say(
    `heap: ${before.toFixed(1)} MB after thirty days, ${after.toFixed(1)} MB after thirty more, ratio ${(after / before).toFixed(2)}`,
  )
} finally {
  await browser.close()
  await served.close()
  await stop()
}
