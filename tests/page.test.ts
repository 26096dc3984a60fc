import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectAccessibleEverywhere } from './support/accessible'
import { servePlainly } from './support/browser'
import { button, DESK, forgive, go, live, onAPage, open, PHONE, page, region, served } from './support/openPage'

/** The page as its users meet it: a production build in a real browser, with the console open. */

onAPage()

const slider = (): Locator => page.getByRole('slider', { name: 'Timeline' })

async function sendReadyMessage(): Promise<void> {
  await go('')
  await button('Send the letter').click()
  await button('Pause').click()
}

/** Steps back until the words of the present moment match. */
async function stepBackTo(words: RegExp): Promise<void> {
  for (let n = 0; n < 200; n++) {
    if (words.test((await live().textContent()) ?? '')) return
    await button('Step back').click()
  }
  throw new Error(`no step says ${words}`)
}

describe('the ready letter', () => {
  it('is sent by one button, arrives on both devices, stays with IMAP and goes with POP3', async () => {
    await sendReadyMessage()
    await button('Go to end').click()
    await page.getByRole('radio', { name: 'Hop' }).check({ force: true })
    const said: string[] = []
    for (let n = 0; n < 60 && (await button('Step back').isEnabled()); n++) {
      said.push((await live().textContent()) ?? '')
      await button('Step back').click()
    }
    const story = said.reverse().join('\n')
    for (const part of [/submission server|mx-out/, /mx\.bird/, /store/, /phone/i, /laptop/i])
      expect(story).toMatch(part)
    expect(new Set(said).size).toBeGreaterThan(10)
  })

  it('steps forward and back through the same moments', async () => {
    await sendReadyMessage()
    await button('Go to start').click()
    const forth: (string | null)[] = []
    for (let n = 0; n < 12; n++) {
      await button('Step forward').click()
      forth.push(await live().textContent())
    }
    const back: (string | null)[] = []
    for (let n = 0; n < 12; n++) {
      back.push(await live().textContent())
      await button('Step back').click()
    }
    expect(back.reverse()).toEqual(forth)
    expect(forth.join('\n')).toContain('220 mx-out.paper.example ESMTP')
  })

  it('shows the octets of the DNS answer that names the exchanger', async () => {
    await sendReadyMessage()
    await button(/^Look inside/).click()
    await button('Go to end').click()
    await stepBackTo(/takes it, preference 10/)
    const inspector = region('Inspector')
    await expect.poll(() => inspector.textContent()).toContain('mx.bird.example.')
    // The id of a DNS message and its flags, as fields; the octets of "bird" beside them.
    expect(await inspector.textContent()).toMatch(/preference\s*10/)
    expect((await inspector.textContent())?.replace(/\s+/g, ' ')).toMatch(/62 ?69 ?72 ?64/)
  })

  it('is moved by the slider, and is where it was after a reload', async () => {
    await sendReadyMessage()
    await slider().focus()
    await page.keyboard.press('End')
    const end = await page.getByRole('timer').textContent()
    expect(end).toMatch(/^00:05/)
    await page.reload()
    await expect.poll(() => page.getByRole('timer').textContent()).toBe(end)
  })
})

describe('accessibility', () => {
  const places: [string, string, () => Promise<void>][] = [
    ['home', '', async () => {}],
    ['home, sent', '', () => sendReadyMessage()],
    ['learn', '#/learn', async () => {}],
    ['lesson', '#/learn/the-journey/one-letter-three-steps', async () => {}],
    ['lab', '#/lab', async () => {}],
    [
      'lab, connected',
      '#/lab',
      async () => {
        const tab = page.getByRole('tab', { name: 'Dialogue' })
        if (await tab.isVisible()) await tab.click()
        await button('Connect').click()
      },
    ],
    ['lab, writing', '#/lab', () => button('Write a letter').click()],
    ['quiz', '#/quiz', async () => {}],
    ['reference', '#/reference/pop3', async () => {}],
    ['an entry of the reference', '#/reference/smtp/RCPT', async () => {}],
    ['another world', '#/lab/example-test', async () => {}],
  ]
  it.each(places)('axe finds nothing on %s, in either theme, wide or narrow', async (_, hash, prepare) => {
    await go(hash)
    await page.locator('h1').first().waitFor()
    await prepare()
    await expectAccessibleEverywhere(page)
  })
})

describe('the reference', () => {
  it('shows the number of results for each protocol, whichever is open', async () => {
    await go('#/reference')
    const counts = (): Promise<number[]> =>
      page
        .getByRole('navigation', { name: 'Protocols' })
        .locator('span')
        .allTextContents()
        .then((texts) => texts.map(Number))
    const all = await counts()
    expect(all.every((count) => count > 9)).toBe(true)
    await page.getByRole('searchbox').fill('421')
    await expect.poll(() => page.getByRole('status').last().textContent()).toBe('1 entry')
    expect(await counts()).toEqual([1, 0, 0, 0, 0])
    await page.getByRole('link', { name: /^DNS/ }).click()
    await expect.poll(() => page.getByRole('status').last().textContent()).toBe('0 entries')
    expect(await counts()).toEqual([1, 0, 0, 0, 0])
  })

  it('is searched as one types, and an entry can be linked to', async () => {
    await go('#/reference')
    await page.getByRole('searchbox').fill('uidvalidity')
    await expect.poll(() => page.getByRole('status').last().textContent()).toMatch(/^\d entries$|^1\d entries$/)
    await page.getByRole('link', { name: '[UIDVALIDITY]', exact: true }).click()
    await expect.poll(() => page.url()).toMatch(/#\/reference\/imap\/.*UIDVALIDITY/)
    await go('#/reference/smtp/550')
    const entry = page.getByRole('link', { name: '550', exact: true })
    await expect.poll(() => entry.evaluate((link) => link === document.activeElement)).toBe(true)
    expect(await entry.isVisible()).toBe(true)
    expect(await entry.evaluate((link) => link.getBoundingClientRect().top < window.innerHeight)).toBe(true)
    // A slash moves the focus to the search and is not typed into it.
    await page.keyboard.press('/')
    await page.keyboard.type('bounce')
    expect(await page.getByRole('searchbox').inputValue()).toBe('bounce')
    await expect.poll(() => page.getByRole('status').last().textContent()).not.toMatch(/^0 /)
  })
})

describe('by keyboard only', () => {
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null
      return element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent ?? element?.textContent ?? ''
    })

  async function tabTo(name: RegExp): Promise<void> {
    for (let n = 0; n < 80; n++) {
      await page.keyboard.press('Tab')
      if (name.test(await focused())) return
    }
    throw new Error(`Tab never reaches ${name}`)
  }

  it.each([
    ['wide', DESK],
    ['narrow', PHONE],
  ])('the letter comes right after the top bar, and the map is one stop of Tab, %s', async (_, viewport) => {
    await open(viewport)
    await go('')
    await button('Send the letter').waitFor()
    const bar = await page.locator('header').locator('a, button').filter({ visible: true }).count()
    const stops: string[] = []
    // The link to the content, the top bar, the letter's button, one host, and what stands beside the map.
    while (stops.length < bar + 4) {
      await page.keyboard.press('Tab')
      stops.push(await focused())
    }
    expect(stops.slice(bar + 1)).toEqual([
      'Send the letter',
      expect.stringMatching(/^Alice.s laptop/),
      'What is simplified here',
    ])
    expect(bar).toBeLessThanOrEqual(7)
  })

  it('the arrow keys up and down move among the hosts, and Tab comes back to the last', async () => {
    await go('#/lab')
    const host = (name: RegExp): Locator => page.getByRole('toolbar').getByRole('button', { name })
    const has = async (name: RegExp): Promise<void> => {
      await expect.poll(focused).toMatch(name)
    }
    await host(/laptop, alice-laptop/).focus()
    await page.keyboard.press('ArrowUp')
    await has(/alice-laptop/)
    await page.keyboard.press('ArrowDown')
    await has(/mx-out/)
    await page.keyboard.press('Tab')
    await has(/^What is simplified here$/)
    await page.keyboard.press('Shift+Tab')
    await has(/mx-out/)
    await page.keyboard.press('Enter')
    await button('Open its room').click()
    await expect.poll(() => page.getByRole('tab', { name: 'Machine' }).getAttribute('aria-selected')).toBe('true')
  })

  it('the arrow keys to the sides move the time, from a host too', async () => {
    await go('')
    await sendReadyMessage()
    const moves = async (key: string): Promise<void> => {
      const before = await page.getByRole('timer').textContent()
      await page.keyboard.press(key)
      await expect.poll(() => page.getByRole('timer').textContent()).not.toBe(before)
    }
    await page.getByRole('toolbar').getByRole('button').first().focus()
    await moves('End')
    await moves('ArrowLeft')
  })

  it('the letter is sent, stopped and stepped', async () => {
    await go('')
    await button('Send the letter').waitFor()
    await tabTo(/^Send the letter/)
    await page.keyboard.press('Enter')
    await button('Pause').waitFor()
    await tabTo(/^Pause$/)
    await page.keyboard.press('Space')
    await button('Play').waitFor()
    const before = await page.getByRole('timer').textContent()
    await tabTo(/^Step forward$/)
    await page.keyboard.press('Enter')
    expect(await page.getByRole('timer').textContent()).not.toBe(before)
  })

  it('a command is typed and the editor can be left', async () => {
    await go('#/lab')
    await tabTo(/^\s*Plain input\s*$/)
    await page.keyboard.press('Space')
    await button('Connect').focus()
    await page.keyboard.press('Enter')
    const command = page.getByRole('textbox', { name: 'Command', exact: true })
    await command.focus()
    await page.keyboard.type('EHLO me')
    await page.keyboard.press('Enter')
    await expect.poll(() => region('Dialogue editor').textContent()).toContain('250 ENHANCEDSTATUSCODES')
    await page.keyboard.press('ArrowUp')
    expect(await command.inputValue()).toBe('EHLO me')
    await tabTo(/^Play$|^Go to start$/)
  })
})

describe('links', () => {
  it('have the address that they lead to, and do not reload the page', async () => {
    await go('')
    await button('Send the letter').waitFor()
    const addresses = await page
      .locator('a[href]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
    expect(addresses.length).toBeGreaterThan(5)
    // Two lead to a place on this very page, without a route.
    const routes = addresses.filter((address) => address !== '#content' && address !== '#course')
    expect(routes.filter((address) => !/^#[/]/.test(address))).toEqual([])
    await page.evaluate(() => Object.assign(window, { sameDocument: true }))
    const lab = page.getByRole('link', { name: 'Lab' })
    expect(await lab.evaluate((link: HTMLAnchorElement) => link.href)).toBe(`${served.url}#/lab`)
    await lab.click()
    await button('Connect').waitFor()
    expect(page.url()).toBe(`${served.url}#/lab`)
    expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true)
  })
})

describe('the page as a whole', () => {
  it('works under any path of a plain file server', async () => {
    const elsewhere = await servePlainly('/some/deep/path/')
    try {
      await page.goto(elsewhere.url)
      await button('Send the letter').click()
      await button('Pause').click()
      await page.goto(`${elsewhere.url}#/lab`)
      await button('Connect').waitFor()
    } finally {
      await elsewhere.close()
    }
  })

  it('does not shift while it loads', async () => {
    for (const [viewport, hash] of [
      [DESK, ''],
      [PHONE, ''],
      [DESK, '#/lab'],
      [DESK, '#/quiz'],
      [DESK, '#/reference'],
      [DESK, '#/learn/the-journey/one-letter-three-steps'],
    ] as const) {
      await open(viewport)
      await page.addInitScript(`
        globalThis.shift = 0
        new PerformanceObserver((list) => {
          for (const { value } of list.getEntries()) shift += value
        }).observe({ type: 'layout-shift', buffered: true })
      `)
      await go(hash)
      await page.locator('h1').first().waitFor()
      await page.waitForLoadState('networkidle')
      const shift = await page.evaluate<number>('shift')
      expect({ hash, shift: shift < 0.001 ? 0 : shift }).toEqual({ hash, shift: 0 })
    }
  })

  it('says that the browser stores nothing, and still works', async () => {
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new Error('no storage here')
      }
    })
    await sendReadyMessage()
    await page.getByText('does not let the page store anything').waitFor()
    await button('Go to end').click()
  })

  it('moves the focus to the part that replaces a pressed button', async () => {
    await go('')
    await button('Send the letter').focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
  })

  it('shows the last line of a host that is chosen on the map', async () => {
    await sendReadyMessage()
    await button(/^Look inside/).click()
    await button('Go to end').click()
    await region('Map')
      .getByRole('button', { name: /^Bob's exchanger/ })
      .focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => region('Transcript').textContent()).toMatch(/mx\.bird/)
    await expect.poll(() => region('Inspector').textContent()).toMatch(/mx\.bird/)
  })

  it('follows the moment in its panels, and keeps to a connection that was chosen', async () => {
    await sendReadyMessage()
    await button('Go to end').click()
    await expect.poll(() => region('Transcript').textContent()).toContain('POP3 Bob’s laptop')
    await button('Go to start').click()
    await button('Play').click()
    await expect.poll(() => region('Transcript').textContent()).toContain('SMTP Alice’s laptop')
    await button('Pause').click()
  })

  it('keeps the learner’s work when a part of it fails', async () => {
    await sendReadyMessage()
    await page.route('**/*', (route) => (/Lab|lab/.test(route.request().url()) ? route.abort() : route.continue()))
    await page.getByRole('link', { name: 'Lab' }).click()
    await page.getByRole('heading', { name: 'A part of this page could not be fetched.' }).waitFor()
    await page.unroute('**/*')
    // The browser would not ask again for a part that failed: the page is loaded anew, at the same place.
    await button('Load the page again').press('Enter')
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(page.url()).toMatch(/#\/lab/)
    expect(await button('Load the page again').count()).toBe(0)
    await page.getByRole('link', { name: /home/ }).first().click()
    await expect.poll(() => page.locator('h1').textContent()).toMatch(/letter/)
    // The test itself aborted this request.
    forgive()
  })
})
