import { describe, expect, it } from 'vitest'
import twoTowns from '../lessons/scenarios/two-towns.json'
import { MADE_UP } from '../src/messages/languages'
import { DESK, forgive, go, onAPage, open, PHONE, page, type Viewport } from './support/openPage'

/**
 * Every page in the made-up language, in which each text from a message file has accents and is 40 % longer. A text without
 * accents on the page still stands in code; a text that is cut off leaves no space for a language that is longer than English.
 */

onAPage()

const VIEWPORTS: readonly Viewport[] = [PHONE, { width: 820, height: 1180 }, DESK]

/**
 * Data that is the same in every language: quoted texts, words with a sign that no word has, as in addresses, and
 * abbreviations.
 */
const DATA = [/“[^”]*”/g, /\S*[@._/\\<>\d:="+*-]\S*/g, /\b[A-Z]{2,}s?\b/g]
/** A world has its own title, and so have its hosts and its people. */
const TITLES = [twoTowns.title, 'Bob', ...Object.values(twoTowns.map.hosts).map(({ title }) => title)]
const TITLE = new RegExp(
  TITLES.sort((a, b) => b.length - a.length)
    .join('|')
    .replaceAll("'", "[’']"),
  'g',
)

interface Found {
  readonly texts: readonly string[]
  readonly cut: readonly string[]
}

/**
 * The texts of the page that are neither data (`translate="no"`) nor English on purpose (`lang="en"`: lessons, the catalogues);
 * and the controls and lines of text that are wider than their place.
 */
const lookedAt = (): Promise<Found> =>
  page.evaluate(() => {
    const isShown = (element: Element): boolean =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    const isData = (element: Element): boolean =>
      element.closest('[translate=no], [lang=en]:not(html), code, kbd, svg, textarea, script, style, noscript') !== null
    const texts: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode
      if (parentElement && isShown(parentElement) && !isData(parentElement)) texts.push(textContent ?? '')
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]'))
      if (isShown(element) && !isData(element))
        texts.push(...['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? ''))
    const cut = [...document.querySelectorAll('button, a, label, h1, h2, h3, p, legend, th, dt')].filter((element) => {
      const { overflowX, textOverflow } = getComputedStyle(element)
      const isClipped = overflowX !== 'visible' && textOverflow !== 'ellipsis' && element.clientWidth > 1
      return isShown(element) && !isData(element) && isClipped && element.scrollWidth > element.clientWidth + 1
    })
    return { texts, cut: cut.map((element) => `${element.tagName} ${element.textContent}`) }
  })

const withoutData = (text: string): string => [TITLE, ...DATA].reduce((rest, data) => rest.replaceAll(data, ' '), text)

/** Checks that the whole page is in the made-up language, and each text fits. */
async function isTranslated(): Promise<void> {
  const { texts, cut } = await lookedAt()
  expect([...new Set(texts.filter((text) => /[A-Za-z]{2,}/.test(withoutData(text))))]).toEqual([])
  expect(cut).toEqual([])
  expect(texts.join('')).toMatch(/[àéñ]/)
}

/** Opens a page in the made-up language, and waits until it shows its own content. */
async function opened(viewport: Viewport, hash: string, shows: string): Promise<void> {
  await open(viewport)
  await go(`?locale=${MADE_UP}${hash}`)
  await page.locator(shows).first().waitFor()
}

describe.each(VIEWPORTS)('at %o, no text stands in code and none is cut', (viewport) => {
  it.each([
    ['the home page', '#/', '.course-stop'],
    ['the course', '#/learn', '#progress-file'],
    ['the quiz', '#/quiz', 'input[type=radio]'],
    ['the lab', '#/lab', '[role=tab]'],
    ['the reference', '#/reference/smtp', '#reference-SMTP'],
    ['a page that is not there', '#/nowhere', '.trouble'],
  ])('%s', async (_, hash, shows) => {
    await opened(viewport, hash, shows)
    await isTranslated()
  })

  it('the page that watches, with nothing to watch', async () => {
    await opened(viewport, '#/watch', '.trouble')
    await isTranslated()
    // There is no served world here, and the browser reports that in its console.
    forgive()
  })

  it('each panel of the lab', async () => {
    await opened(viewport, '#/lab', '[role=tab]')
    const tabs = page.getByRole('tab')
    for (let n = 0; n < (await tabs.count()); n++) {
      await tabs.nth(n).click()
      await isTranslated()
    }
  })

  it('the letter, and what is wrong with it', async () => {
    await opened(viewport, '#/lab', '[role=tab]')
    await page.locator('h1 ~ button').last().click()
    await page.locator('dialog input[name=to]').fill('bob')
    await page.locator('dialog button[type=submit]').click()
    await page.locator('dialog [role=alert]:not([hidden])').waitFor()
    await isTranslated()
  })

  it('the keys', async () => {
    await opened(viewport, '#/learn', '#progress-file')
    await page.keyboard.press('?')
    await page.locator('dialog[open]').waitFor()
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
