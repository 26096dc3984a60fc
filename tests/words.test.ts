import { readFileSync } from 'node:fs'
import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import exampleTest from '../lessons/scenarios/example-test.json'
import twoTowns from '../lessons/scenarios/two-towns.json'
import lesson from '../src/messages/en/lesson'
import sheet from '../src/messages/en/sheet'
import stage from '../src/messages/en/stage'
import { MADE_UP } from '../src/messages/languages'
import { madeUp } from '../src/messages/madeUp'
import { type Messages, topic } from '../src/messages/topic'
import { DESK, forgive, go, onAPage, open, PHONE, page, type Viewport } from './support/openPage'
import { asEvents, messageSent, runTold, timeTold } from './support/watchedWorld'

/**
 * Every page in the made-up language, in which each text from a message file has accents and is 40 % longer. A text without
 * accents on the page still stands in code; a text that is cut off leaves no space for a language that is longer than English.
 */

onAPage()

const VIEWPORTS = [PHONE, { width: 820, height: 1180 }, DESK]

/** Data that is the same in every language: words with a sign that no word has, as in addresses, and abbreviations. */
const DATA = [/\S*[@._/\\<>\d:="+*-]\S*/g, /\b[A-Z]{2,}s?\b/g]
/** A world has its own title, and so have its hosts and its people; the letter has its own subject. */
const TITLES = [
  twoTowns.title,
  exampleTest.title,
  'Alice',
  'Bob',
  twoTowns.letter.subject,
  ...[twoTowns, exampleTest].flatMap(({ map }) => Object.values(map.hosts).map(({ title }) => title)),
]
const TITLE = new RegExp(
  TITLES.sort((a, b) => b.length - a.length)
    .join('|')
    .replaceAll("'", "[’']"),
  'g',
)

/** The titles of the steps of the lesson, which is in English. */
const STEPS = Array.from(
  readFileSync('lessons/01-the-journey/01-one-letter-three-steps/lesson.md', 'utf8').matchAll(
    /^:+step\{.*title="([^"]+)"/gm,
  ),
  ([, title = '']) => title.replaceAll("'", '’'),
)
/** A sentence calls a host by the first label of its name. */
const HOST = new RegExp(
  `\\b(?:${[twoTowns, exampleTest].flatMap(({ hosts }) => hosts.map(({ name }) => name.split('.')[0])).join('|')})\\b`,
  'g',
)

/** Names by which the people of the worlds log in. */
const USER = /\b(?:alice|bob)\b/g

interface Found {
  readonly texts: readonly string[]
  readonly data: readonly string[]
  readonly over: readonly string[]
  readonly cut: readonly string[]
}

/**
 * The texts of the page that are neither data (`translate="no"`) nor English on purpose (`lang="en"`: lessons and quizzes);
 * the texts that are one of the two, since a sentence may repeat them; the controls and lines of text that are wider than their
 * place; and neighbouring controls of which one lies on the other.
 */
const lookedAt = (): Promise<Found> =>
  page.evaluate(() => {
    const isShown = (element: Element): boolean =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    const isData = (element: Element): boolean =>
      element.closest('[translate=no], [lang=en]:not(html), code, kbd, textarea, script, style, noscript') !== null
    const texts: string[] = []
    const data = [...document.querySelectorAll('input')].map(({ value }) => value)
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode
      if (!parentElement || textContent === null) continue
      if (isData(parentElement)) data.push(textContent)
      else if (isShown(parentElement)) texts.push(textContent)
    }
    const attributes = ['aria-label', 'title', 'placeholder', 'aria-valuetext']
    for (const element of document.querySelectorAll(attributes.map((name) => `[${name}]`).join()))
      if (isShown(element) && !isData(element))
        texts.push(...attributes.map((name) => element.getAttribute(name) ?? ''))
    const lines = 'button, a, label, h1, h2, h3, p, legend, th, td, dt, dd, li, summary, [role=option], [role=status]'
    const cut = [...document.querySelectorAll(lines)].filter((element) => {
      const { clip, clipPath, overflowX, textOverflow } = getComputedStyle(element)
      const isClipped = overflowX === 'hidden' && textOverflow !== 'ellipsis' && clipPath === 'none' && clip === 'auto'
      return isShown(element) && !isData(element) && isClipped && element.scrollWidth > element.clientWidth + 1
    })
    const over = [...document.querySelectorAll('button, a, select, input[type=text], [role=tab]')].filter((element) => {
      const next = element.nextElementSibling
      if (!next?.matches('button, a, select, label, input, span, p') || !isShown(element) || !isShown(next))
        return false
      if ([element, next].some((one) => getComputedStyle(one).position === 'absolute')) return false
      const [one, other] = [element.getBoundingClientRect(), next.getBoundingClientRect()]
      const isInline = [element, next].some((each) => getComputedStyle(each).display === 'inline')
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left)
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
      return !isInline && one.width > 1 && other.width > 1 && wide > 1 && high > 1
    })
    const named = (element: Element): string => `${element.tagName} ${element.textContent}`
    return { texts, data, cut: cut.map(named), over: over.map(named) }
  })

/** A text without what is data; `repeated` are the data that the page shows elsewhere. */
function withoutData(text: string, repeated: readonly string[]): string {
  const own = [TITLE, ...DATA, HOST, USER].reduce((rest, data) => rest.replaceAll(data, ' '), text)
  if (!/[A-Za-z]{2,}/.test(own)) return ''
  // A caption may repeat a line of the wire, in several rows and in quotation marks.
  const bare = text.replace(/[[\]“”]/g, '').trim()
  if (repeated.join(' ').includes(bare.replace(/\.$/, ''))) return ''
  const rest = repeated.reduce((less, data) => less.replaceAll(data, ' '), text)
  return [TITLE, ...DATA, HOST, USER].reduce((less, data) => less.replaceAll(data, ' '), rest)
}

/** A line of the wire, and the words for people in it: `a1 BAD What?` and `What?`. */
const wholeAndWords = (data: string): readonly string[] => {
  const whole = data.trim()
  return [whole, whole.replace(/^(?:\S+ )?(?:NO|BAD|-ERR) (?:\[[^\]]*\] )?/, '')]
}

/** Checks that the whole page is in the made-up language, and each text fits; `where` names what is open. */
async function isTranslated(where = ''): Promise<void> {
  const { texts, data, cut, over } = await lookedAt()
  const repeated = [...new Set([...data.flatMap(wholeAndWords), ...STEPS])]
    .filter((one) => one.length > 2)
    .sort((a, b) => b.length - a.length)
  const english = [...new Set(texts)].filter((text) => /[A-Za-z]{2,}/.test(withoutData(text, repeated)))
  expect.soft({ where, english, cut, over }).toEqual({ where, english: [], cut: [], over: [] })
  expect(texts.join('')).toMatch(/[àéñ]/)
}

/** A message of English as the made-up language says it. */
const saidIn = (english: Messages, key: string): string => topic('made-up', madeUp(english)).found(key) ?? ''

const tab = (name: string): Locator => page.locator(`[data-panel=${name}]`)

/** Looks at each panel of the stage. */
async function panelsAreTranslated(where: string): Promise<void> {
  const names = await page
    .locator('[data-panel]')
    .evaluateAll((tabs) => tabs.map((one) => one.getAttribute('data-panel') ?? ''))
  expect(names.length).toBeGreaterThan(3)
  for (const name of names) {
    await tab(name).click()
    await isTranslated(`${where}, ${name}`)
  }
}

/** Writes the letter of the world, and sends it. */
async function sendMessage(): Promise<void> {
  await page.locator('h1 ~ button').last().click()
  await page.locator('dialog button[type=submit]').click()
  await page.locator('dialog[open]').waitFor({ state: 'detached' })
}

/** Opens a page in the made-up language, and waits until it shows its own content. */
async function opened(viewport: Viewport, hash: string, shows: string): Promise<void> {
  await open(viewport)
  await go(`?locale=${MADE_UP}${hash}`)
  await page.locator(shows).first().waitFor()
}

/** Checks the page as it is at each width. */
async function isTranslatedEverywhere(): Promise<void> {
  for (const viewport of VIEWPORTS) {
    await page.setViewportSize(viewport)
    await isTranslated(`${viewport.width} pixels wide`)
  }
}

describe('on a phone, on a tablet and on a desk, no text stands in code and none is cut', () => {
  it.each([
    ['the home page', '#/', '.course-stop'],
    ['the course', '#/learn', '#progress-file'],
    ['the quiz', '#/quiz', 'input[type=radio]'],
    ['the lab', '#/lab', '[role=tab]'],
    ['the reference', '#/reference/smtp', '#reference-SMTP'],
    ['a page that is not there', '#/nowhere', '.trouble'],
  ])('%s', async (_, hash, shows) => {
    await opened(PHONE, hash, shows)
    await isTranslatedEverywhere()
  })

  it('the page that watches, with nothing to watch', async () => {
    await opened(PHONE, '#/watch', '.trouble')
    await isTranslatedEverywhere()
    // There is no served world here, and the browser reports that in its console.
    forgive()
  })

  it.each(VIEWPORTS)('each panel of the lab, at %o', async (viewport) => {
    await opened(viewport, '#/lab', '[role=tab]')
    const tabs = page.getByRole('tab')
    for (let n = 0; n < (await tabs.count()); n++) {
      await tabs.nth(n).click()
      await isTranslated()
    }
  })

  it('the letter, and what is wrong with it', async () => {
    await opened(PHONE, '#/lab', '[role=tab]')
    await page.locator('h1 ~ button').last().click()
    await page.locator('dialog input[name=to]').fill('bob')
    await page.locator('dialog button[type=submit]').click()
    await page.locator('dialog [role=alert]:not([hidden])').waitFor()
    await isTranslatedEverywhere()
  })

  it('the keys', async () => {
    await opened(PHONE, '#/learn', '#progress-file')
    await page.keyboard.press('?')
    await page.locator('dialog[open]').waitFor()
    await isTranslatedEverywhere()
  })
})

describe.each([PHONE, DESK])('at %o, so it is while something happens', (viewport) => {
  it('in each panel of the lab while a letter is carried, step by step, and at its end', async () => {
    await opened(viewport, '#/lab', '[role=tab]')
    await sendMessage()
    await page.keyboard.press('Home')
    for (const panel of ['inspector', 'transcript', 'state']) {
      await tab(panel).click()
      await page.keyboard.press('Home')
      for (let n = 0; n < 12; n++) {
        for (let step = 0; step < 7; step++) await page.keyboard.press('ArrowRight')
        await isTranslated(`${panel}, after ${7 * (n + 1)} steps`)
      }
    }
    await page.keyboard.press('End')
    await panelsAreTranslated('at the end')
  })

  it('on the home page while the letter travels, paused, and at its end', async () => {
    await opened(viewport, '#/', '.home-send')
    await page.locator('.home-send button').click()
    await page.locator('[role=timer]').waitFor()
    await isTranslated('on its way')
    await page.keyboard.press('Home')
    for (let n = 0; n < 6; n++) {
      for (let step = 0; step < 9; step++) await page.keyboard.press('ArrowRight')
      await isTranslated(`after ${9 * (n + 1)} steps`)
    }
    await page.keyboard.press('End')
    await isTranslated('at the end')
  })

  it('in each panel of a served world that is watched, and has ended', async () => {
    await open(viewport)
    const headers = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' }
    const told = [runTold(0), ...messageSent(1000, 'Hello'), timeTold(5000), { name: 'ended', data: {} } as const]
    await page.route('**/watch/events', (route) => route.fulfill({ headers, body: asEvents(told) }))
    await page.route(/\/\?locale/, async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, headers: { ...response.headers(), 'Server-Timing': 'ehlo-watch' } })
    })
    await go(`?locale=${MADE_UP}#/watch`)
    await page.locator('[data-panel]').first().waitFor()
    await panelsAreTranslated('ended')
  })

  it('in the letter as sheets, and in a header that is pasted', async () => {
    await opened(viewport, '#/lab', '[role=tab]')
    await sendMessage()
    await page.keyboard.press('End')
    const named = (english: Messages, key: string) =>
      page.getByRole('button', { name: saidIn(english, key), exact: true })
    await named(stage, 'letter').click()
    await named(sheet, 'own').waitFor()
    await isTranslated('at the end')
    await page.keyboard.press('Home')
    await isTranslated('at the beginning')
    await named(sheet, 'own').click()
    await isTranslated('nothing pasted')
    const field = page.locator('section textarea')
    for (const text of ['Dear Bob', 'Subject: x', 'Received: nonsense', 'Received: by a.example; 1 Jan 2026 10:00']) {
      await field.fill(text)
      await isTranslated(text)
    }
    await field.fill('')
    await named(sheet, 'example').click()
    await isTranslated('the example')
  })

  it('in each machine room, and in a zone with an error', async () => {
    await opened(viewport, '#/lab', '[role=tab]')
    await sendMessage()
    await page.keyboard.press('End')
    await tab('machine').click()
    const rooms = page.locator('[role=tabpanel]:visible select').first()
    const hosts = await rooms
      .locator('option')
      .evaluateAll((options) => options.map((one) => one.getAttribute('value') ?? ''))
    for (const host of hosts) {
      await rooms.selectOption(host)
      await isTranslated(`the room of ${host}`)
    }
    await rooms.selectOption('ns.bird.example')
    const zone = page.locator('[role=tabpanel]:visible textarea')
    await zone.fill((await zone.inputValue()).replace('MX', 'MX ten'))
    await page.locator('[role=tabpanel] mark').first().waitFor({ state: 'attached' })
    await isTranslated('a zone with an error')
  })

  it.each(['25', '110', '143'])('in the dialogue editor at port %s, with commands that are refused', async (port) => {
    await opened(viewport, '#/lab', '[role=tab]')
    const servers = page.locator('form select').first()
    if (!(await servers.isVisible())) await tab('dialogue').click()
    const plain = page.locator('input[role=switch]').first()
    if (!(await plain.isChecked())) await plain.click()
    const doors = await servers.locator('option').allTextContents()
    await servers.selectOption(`${doors.findIndex((door) => door.includes(` ${port}`))}`)
    await page.locator('form button[type=submit]').first().click()
    const command = page.locator('form input[enterkeyhint=send]')
    for (const line of ['FROB', 'a1 FROB', 'RCPT TO:<bob@bird.example>', 'RETR 9', 'a2 SELECT']) {
      await command.fill(line)
      await command.press('Enter')
    }
    await isTranslated(`a dialogue on port ${port}`)
    for (const panel of ['state', 'transcript', 'inspector']) {
      await tab(panel).click()
      await isTranslated(`the ${panel} of a dialogue on port ${port}`)
    }
  })

  it('in each step of a lesson', async () => {
    await opened(viewport, '#/learn/the-journey/one-letter-three-steps', 'section h1')
    const titles = new Set<string | null>()
    const pressed = async (name: string): Promise<boolean> => {
      const wanted = page.locator('section button, section a.button').filter({ hasText: saidIn(lesson, name) })
      const isThere = await wanted.first().isVisible()
      if (isThere) await wanted.first().press('Enter')
      return isThere
    }
    for (let n = 0; n < 40; n++) {
      await isTranslated(`turn ${n}`)
      if (await pressed('skip')) continue
      titles.add(await page.locator('section h1').textContent())
      const radio = page.locator('section input[type=radio]:not(:disabled)').first()
      if ((await radio.isVisible()) && (await page.locator('section input[type=radio]:checked').count()) === 0) {
        await radio.press('Space')
        await pressed('runAndSee')
        continue
      }
      const hints = page.locator('section button[aria-expanded=false]')
      while ((await hints.count()) > 0) await hints.first().press('Enter')
      await isTranslated(`turn ${n}, with what it brought`)
      if (!((await pressed('continue')) || (await pressed('seeAnswer')) || (await pressed('goOnWithout')))) break
    }
    expect(titles.size).toBe(STEPS.length + 1)
  })

  it('in a question of the quiz, answered right and wrong', async () => {
    await opened(viewport, '#/quiz', 'input[type=radio]')
    for (let n = 0; n < 40; n++) {
      const radio = page.locator('input[type=radio][aria-disabled=false]').nth(n % 2)
      if (!(await radio.isVisible())) break
      await radio.check({ force: true })
    }
    await isTranslated('all answered')
  })

  it.each(['dns', 'pop3', 'imap'])('in the reference of %s', async (protocol) => {
    await opened(viewport, `#/reference/${protocol}`, `#reference-${protocol.toUpperCase()}`)
    await isTranslated()
  })
})

it('finds text that is still in code, and text that is wider than its place', async () => {
  await opened(DESK, '#/learn', '#progress-file')
  await isTranslated()
  await page.evaluate(() => {
    const narrow = Object.assign(document.createElement('p'), {
      textContent: 'Unbreakable',
      style: 'width: 2em; overflow: hidden',
    })
    document.querySelector('main')?.append(narrow)
  })
  const { texts, cut } = await lookedAt()
  expect(texts).toContain('Unbreakable')
  expect(cut).toEqual(['P Unbreakable'])
})
