import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectAccessible } from './support/accessible'
import { atStep, heading, lesson } from './support/lessonSteps'
import { button, DESK, onAPage, open, PHONE, page, region } from './support/openPage'

/** Tasks that are done in the other chair: beside the lesson, with its checks, its hints and its way back. */

onAPage(() => open(DESK, { reducedMotion: 'reduce' }))

const rows = (): Locator => page.getByRole('list', { name: 'What was said' }).getByRole('listitem')
const lastRow = (): Promise<string | null> => rows().last().textContent()
const goals = (): Promise<readonly string[]> =>
  lesson().getByRole('list', { name: 'What will be checked' }).getByRole('listitem').allTextContents()
const reached = async (): Promise<number> => (await goals()).filter((goal) => goal.includes(', reached')).length

describe('be the resolver', () => {
  const atTheResolver = () => atStep('finding-the-way/whose-post-office', 'Be the resolver')
  const server = (address: string): Locator =>
    page.getByRole('radio', { name: new RegExp(address.replaceAll('.', '\\.')) })
  const asks = async (address: string, next: RegExp): Promise<void> => {
    await server(address).press('Space')
    await page.keyboard.press('Enter')
    await expect.poll(lastRow).toMatch(next)
  }
  const answers = async (record: RegExp): Promise<void> => {
    await page.getByRole('checkbox', { name: record }).press('Space')
    await page.keyboard.press('Enter')
  }

  it('is done to its end by keyboard, beside the lesson, and can be begun anew', async () => {
    await atTheResolver()
    // The title keeps the focus: the chair does not take it from somebody who reads.
    expect(await heading().evaluate((title) => title === document.activeElement)).toBe(true)
    await asks('198.51.100.1', /example\. 172800 NS/)
    expect(await region('What you have been told').textContent()).toContain('ns.example 198.51.100.2')
    await asks('198.51.100.2', /bird\.example\. 172800 NS/)
    await asks('198.51.100.4', /MX 10 mx\.bird\.example\./)
    expect(await reached()).toBe(0)
    await answers(/MX 10/)
    await expect.poll(reached).toBe(1)
    await expect.poll(() => region('What you are asked').textContent()).toContain('the address of mx.bird.example')
    await asks('198.51.100.4', /A 203\.0\.113\.25/)
    await answers(/ A 203/)
    await expect.poll(reached).toBe(2)
    await expect.poll(() => lesson().textContent()).toContain('Four questions for two answers')
    await button('Begin the task anew').press('Enter')
    await expect.poll(() => rows().count()).toBe(1)
    expect(await lastRow()).toContain('mx-out asks you')
  })

  it('says what is wrong with a question, shows hints, and goes back in time', async () => {
    await atTheResolver()
    await asks('198.51.100.4', /Somebody has to tell you/)
    await expect.poll(() => lesson().textContent()).toContain('let each answer lead you on')
    await button('Open the nudge').press('Enter')
    expect(await lesson().textContent()).toContain('Who always knows somebody who knows?')
    await button('Go to start').press('Enter')
    await expect.poll(() => rows().count()).toBe(0)
    expect(await lesson().textContent()).not.toContain('let each answer lead you on')
    await button('Go to end').press('Enter')
    await expect.poll(() => rows().count()).toBeGreaterThan(1)
    await button('Back one step').press('Enter')
    await expect.poll(() => rows().count()).toBe(1)
    expect(await lesson().textContent()).not.toContain('let each answer lead you on')
    await expectAccessible(page)
  })

  it('gives way to the map and its panels, and comes back with the focus', async () => {
    await atTheResolver()
    await button('Show the map and the panels').press('Enter')
    await region('Map').waitFor()
    await button('Sit down in the chair').press('Enter')
    await expect.poll(() => server('198.51.100.1').evaluate((radio) => radio === document.activeElement)).toBe(true)
  })

  it('plays the worked one in the chair, and does not count it', async () => {
    await atTheResolver()
    await button('Show a worked one').press('Enter')
    await expect.poll(() => lesson().textContent()).toContain('That was the worked one')
    expect(await rows().filter({ hasText: 'You answer' }).count()).toBe(2)
    expect(await rows().filter({ hasText: 'as the machine says it' }).count()).toBe(2)
    await button('Skip').waitFor()
  })

  it('is a place of its own on a phone, with the lesson in a tab that says when it is solved', async () => {
    await open(PHONE, { hasTouch: true, isMobile: true, reducedMotion: 'reduce' })
    await atTheResolver()
    await button('Sit down in the chair').tap()
    const tab = (name: RegExp): Locator => page.getByRole('tab', { name })
    await expect.poll(() => tab(/^Call/).evaluate((each) => each === document.activeElement)).toBe(true)
    const ask = async (address: string, next: RegExp): Promise<void> => {
      await server(address).tap()
      await button('Ask').tap()
      await expect.poll(lastRow).toMatch(next)
    }
    await ask('198.51.100.1', /172800 NS/)
    await ask('198.51.100.2', /bird\.example\. 172800 NS/)
    await ask('198.51.100.4', /MX 10/)
    expect((await tab(/^Lesson/).boundingBox())?.height).toBeGreaterThanOrEqual(44)
    await tab(/^Lesson/).tap()
    await expect.poll(() => heading().isVisible()).toBe(true)
    await button('Sit down in the chair').tap()
    await page.getByRole('checkbox', { name: /MX 10/ }).tap()
    await button('Answer with these').tap()
    await expect.poll(lastRow).toContain('A? mx.bird.example')
    await ask('198.51.100.4', /A 203\.0\.113\.25/)
    await page.getByRole('checkbox', { name: / A 203/ }).tap()
    await button('Answer with these').tap()
    await expect.poll(() => tab(/^Lesson/).textContent()).toBe('Lesson')
    await tab(/the task is solved/).tap()
    await expect.poll(() => lesson().textContent()).toContain('Four questions for two answers')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
  })
})

describe('be the server', () => {
  const press = async (key: string): Promise<void> => page.keyboard.press(key)
  /** Says the first answer of a digit to a line that waits. */
  const says = async (digit: string, line: RegExp): Promise<void> => {
    await expect.poll(lastRow).toMatch(line)
    await press(digit)
    await press('Enter')
  }

  it('is done to its end by keyboard: three calls, and a fate for each letter', async () => {
    await atStep('pushing-with-smtp/second-thoughts', 'The other end of the line')
    await rows().first().waitFor()
    await says('2', /your turn/)
    await says('2', /EHLO/)
    await says('2', /MAIL FROM/)
    await says('5', /nobody@/)
    await says('2', /bob@/)
    await says('3', /DATA/)
    await says('2', /the letter/)
    await says('2', /QUIT/)
    await expect.poll(() => region('What you are asked').textContent()).toContain('nothing before you have spoken')
    await says('2', /^\d\.\d+your turn/)
    await says('2', /EHLO/)
    await expect.poll(reached).toBe(1)
    await says('2', /MAIL FROM/)
    await says('2', /carol@/)
    // A yes to Carol is a promise: it is taken back.
    await expect.poll(() => rows().nth(3).textContent()).toContain('open relay')
    await press('Control+z')
    await says('5', /carol@/)
    await says('2', /RSET/)
    await says('2', /QUIT/)
    await expect.poll(reached).toBe(2)
    await says('2', /^\d\.\d+your turn/)
    await says('2', /EHLO/)
    await says('2', /MAIL FROM/)
    await says('2', /bob@/)
    await says('3', /DATA/)
    await says('5', /the letter/)
    await says('2', /QUIT/)
    await expect.poll(reached).toBe(3)
    await expect.poll(() => lesson().textContent()).toContain('not a line of yours was guesswork')
    await button('Continue').waitFor()
  })
})
