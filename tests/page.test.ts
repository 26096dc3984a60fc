import AxeBuilder from '@axe-core/playwright'
import type { Locator } from 'playwright-core'
import { beforeEach, describe, expect, it } from 'vitest'
import { servePlainly } from './support/browser'
import { DESK, forgive, onAPage, open, PHONE, page, served } from './support/openPage'

/** The page as its users meet it: a production build in a real browser, with the console open. */

onAPage()

const go = (hash: string) => page.goto(`${served.url}${hash}`)
const button = (name: string | RegExp): Locator => page.getByRole('button', { name, exact: typeof name === 'string' })
const region = (name: string): Locator => page.getByRole('region', { name, exact: true })
const slider = (): Locator => page.getByRole('slider', { name: 'Timeline' })
const live = (): Locator => region('Map').locator('[aria-live="polite"]')

/** The door that is called so. */
async function labelOf(door: RegExp): Promise<string> {
  const labels = await page.getByRole('combobox', { name: 'Server to connect to' }).locator('option').allTextContents()
  const label = labels.find((text) => door.test(text))
  if (label === undefined) throw new Error(`there is no door ${door} among ${labels.join('; ')}`)
  return label
}

async function sendReadyLetter(): Promise<void> {
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
    await sendReadyLetter()
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

  it('steps forward and back through the very same moments', async () => {
    await sendReadyLetter()
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
    await sendReadyLetter()
    await button('Go to end').click()
    await stepBackTo(/takes it, preference 10/)
    const inspector = region('Inspector')
    await expect.poll(() => inspector.textContent()).toContain('mx.bird.example.')
    // The id of a DNS message and its flags, as fields; the octets of "bird" beside them.
    expect(await inspector.textContent()).toMatch(/preference\s*10/)
    expect((await inspector.textContent())?.replace(/\s+/g, ' ')).toMatch(/62 ?69 ?72 ?64/)
  })

  it('is moved by the slider, and is where it was after a reload', async () => {
    await sendReadyLetter()
    await slider().focus()
    await page.keyboard.press('End')
    const end = await page.getByRole('timer').textContent()
    expect(end).toMatch(/^00:05/)
    await page.reload()
    await expect.poll(() => page.getByRole('timer').textContent()).toBe(end)
  })
})

describe('letters from the lab', () => {
  async function write(to: string): Promise<void> {
    await button('Write a letter').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'To' }).fill(to)
    await dialog.getByRole('textbox', { name: 'Subject' }).fill('Plums, Grüße 🍑')
    await dialog.getByRole('button', { name: 'Send the letter' }).click()
    await button('Pause').click()
    await button('Go to end').click()
  }

  it('to nobody come back as a notice that can be read', async () => {
    await go('#/lab')
    await write('nobody@bird.example')
    await page.getByRole('tab', { name: 'Mailboxes' }).click()
    await region('Mailboxes').getByText('Undelivered Mail Returned to Sender').first().click()
    await expect.poll(() => page.locator('main').textContent()).toMatch(/550 5\.1\.1/)
    expect(await page.locator('main').textContent()).toContain('nobody@bird.example')
  })

  it('are opened and closed again by keyboard, and the focus is not lost', async () => {
    await go('#/lab')
    await write('nobody@bird.example')
    await page.getByRole('tab', { name: 'Mailboxes' }).click()
    const subject = button('Undelivered Mail Returned to Sender').first()
    await subject.press('Enter')
    const back = button('Back to the mailboxes')
    await expect.poll(() => back.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await expect.poll(() => subject.evaluate((element) => element === document.activeElement)).toBe(true)
  })

  it('to a domain that does not exist come back too', async () => {
    await go('#/lab')
    await write('bob@brid.example')
    await page.getByRole('tab', { name: 'Mailboxes' }).click()
    await region('Mailboxes').getByText('Undelivered Mail Returned to Sender').first().click()
    await expect.poll(() => page.locator('main').textContent()).toMatch(/NXDOMAIN/)
  })

  it('begin empty once the one before has left, but to whom it went; what was not sent is kept', async () => {
    await go('#/lab')
    await button('Write a letter').click()
    const dialog = page.getByRole('dialog')
    const field = (name: string): Locator => dialog.getByRole('textbox', { name })
    await dialog
      .locator('input[type=file]')
      .setInputFiles({ name: 'plum.txt', mimeType: 'text/plain', buffer: Buffer.from('a plum, pressed') })
    await dialog.getByText('plum.txt').first().waitFor()
    await field('To').fill('nobody@bird.example')
    await dialog.getByRole('button', { name: 'Send the letter' }).click()
    await button('Write a letter').click()
    await expect.poll(() => field('To').inputValue()).toBe('nobody@bird.example')
    expect(await field('Subject').inputValue()).toBe('')
    expect(await field('Letter').inputValue()).toBe('')
    expect(await dialog.getByText('plum.txt').count()).toBe(0)
    await field('Subject').fill('half a letter')
    await dialog.getByRole('button', { name: 'Not now' }).click()
    await button('Write a letter').click()
    await expect.poll(() => field('Subject').inputValue()).toBe('half a letter')
    await page.reload()
    await button('Write a letter').click()
    await expect.poll(() => field('Subject').inputValue()).toBe('half a letter')
  })

  it('carry an attachment all the way', async () => {
    await go('#/lab')
    await button('Write a letter').click()
    const dialog = page.getByRole('dialog')
    await dialog
      .locator('input[type=file]')
      .setInputFiles({ name: 'plum.txt', mimeType: 'text/plain', buffer: Buffer.from('a plum, pressed') })
    await dialog.getByText('plum.txt').first().waitFor()
    await dialog.getByRole('button', { name: 'Send the letter' }).click()
    await button('Pause').click()
    await button('Go to end').click()
    await page.getByRole('tab', { name: 'Mailboxes' }).click()
    await region('Mailboxes').getByText('Lunch?').first().click()
    await expect.poll(() => page.locator('main').textContent()).toContain('plum.txt')
  })

  it.each([
    ['', /recipient|address|whom/i],
    ['bob', /bob/],
    ['a@b@c', /a@b@c/],
  ])('to "%s" are not sent, and the form says why', async (to, why) => {
    await go('#/lab')
    await button('Write a letter').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'To' }).fill(to)
    await dialog.getByRole('button', { name: 'Send the letter' }).click()
    const alert = dialog.getByRole('alert').filter({ hasText: /\S/ }).first()
    expect(await alert.textContent()).toMatch(why)
    expect(await dialog.isVisible()).toBe(true)
  })
})

describe('typing by hand', () => {
  const HAND = [
    'RCPT TO:<bob@bird.example>',
    'EHLO alice-laptop',
    'MAIL FROM:<alice@paper.example>',
    'RCPT TO:<bob@bird.example>',
    'DATA',
    'Subject: by hand',
    '',
    'Hello Bob',
    '.',
    'QUIT',
  ]

  it('delivers a letter to mx.bird.example port 25', async () => {
    await go('#/lab')
    await page.getByRole('switch', { name: 'Plain input' }).click()
    await button('Connect').click()
    const command = page.getByRole('textbox', { name: 'Command', exact: true })
    const dialogue = region('Dialogue editor')
    await expect.poll(() => dialogue.textContent()).toContain('220 mx.bird.example ESMTP')
    for (const line of HAND) {
      await command.fill(line)
      await command.press('Enter')
    }
    await expect.poll(() => dialogue.textContent()).toContain('221')
    const said = (await dialogue.textContent()) ?? ''
    for (const reply of ['503', '250', '354', 'queued as']) expect(said).toContain(reply)
    await button('Go to end').click()
    await page.getByRole('tab', { name: 'Mailboxes' }).click()
    await expect.poll(() => region('Mailboxes').textContent()).toContain('by hand')
  })

  it('works in the code editor too: the reply stands under the line', async () => {
    await go('#/lab')
    await button('Connect').click()
    const dialogue = region('Dialogue editor')
    await dialogue.locator('.monaco-editor').waitFor()
    await expect.poll(() => dialogue.textContent()).toContain('ESMTP')
    await dialogue.locator('.monaco-editor').click()
    await page.keyboard.type('NOOP')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await region('Transcript').textContent()) ?? '').toMatch(/NOOP.*250/s)
  })

  it('says one sentence about a name that does not exist', async () => {
    await go('#/lab')
    await page.getByRole('combobox', { name: 'Server to connect to' }).selectOption({ label: 'another host or port' })
    await page.getByRole('textbox', { name: /host/i }).fill('mx.brid.example')
    await button('Connect').click()
    await expect.poll(() => region('Dialogue editor').textContent()).toMatch(/mx\.brid\.example/)
    await expect.poll(() => region('Dialogue editor').textContent()).toMatch(/no such|not exist|no address|NXDOMAIN/i)
  })

  it('shows the machine: its present state, what is legal and what is refused', async () => {
    await go('#/lab')
    await button('Connect').click()
    await page.getByRole('tab', { name: 'State' }).click()
    const state = region('State')
    await expect.poll(() => state.textContent()).toMatch(/waiting/)
    expect(await state.textContent()).toMatch(/EHLO/)
    expect(await state.textContent()).toMatch(/503/)
  })
})

describe('the state panel', () => {
  it('opens with the present state in sight, and does not move the page', async () => {
    await open({ width: 1200, height: 620 })
    await go('#/lab')
    await button('Connect').waitFor()
    await page
      .getByRole('combobox', { name: 'Server to connect to' })
      .selectOption({ label: await labelOf(/^store.* 143/) })
    await button('Connect').click()
    await page.getByRole('tab', { name: 'State' }).click()
    const panel = region('State')
    const present = panel.locator('[aria-current="step"]').first()
    await present.waitFor()
    const [pill, box] = [await present.boundingBox(), await panel.boundingBox()]
    expect((pill?.y ?? 0) + (pill?.height ?? 0)).toBeLessThanOrEqual((box?.y ?? 0) + (box?.height ?? 0))
    expect(await page.evaluate(() => window.scrollY)).toBe(0)
  })
})

describe('accessibility', () => {
  const places: [string, string, () => Promise<void>][] = [
    ['home', '', async () => {}],
    ['home, sent', '', () => sendReadyLetter()],
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
    for (const [colorScheme, viewport] of [
      ['light', DESK],
      ['dark', DESK],
      ['dark', PHONE],
    ] as const) {
      await open(viewport, { colorScheme })
      await go(hash)
      await page.locator('h1').first().waitFor()
      await prepare()
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(' ')}`)).toEqual([])
    }
  })
})

describe('the reference', () => {
  it('counts what was found at each protocol, whichever is shown', async () => {
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
    expect(await counts()).toEqual([1, 0, 0, 0])
    await page.getByRole('link', { name: /^DNS/ }).click()
    await expect.poll(() => page.getByRole('status').last().textContent()).toBe('0 entries')
    expect(await counts()).toEqual([1, 0, 0, 0])
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
    // A slash leads to the search, and is no letter of it.
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

describe('the code editor', () => {
  beforeEach(async () => {
    await go('#/lab')
    await button('Connect').click()
    await region('Dialogue editor').locator('.monaco-editor').waitFor()
    await expect.poll(() => region('Dialogue editor').textContent()).toContain('ESMTP')
    await region('Dialogue editor').locator('.monaco-editor').click()
  })

  it('completes what is legal now, as the machine says', async () => {
    await page.keyboard.type('E')
    await page.keyboard.press('Control+Space')
    const list = page.locator('.suggest-widget.visible')
    await list.waitFor()
    await expect.poll(() => list.textContent()).toContain('EHLO')
    // Nothing is a sender yet, so DATA is not offered.
    expect(await list.textContent()).not.toContain('DATA')
    await page.keyboard.press('Escape')
  })

  it('explains a reply code under the pointer, from the catalogue', async () => {
    await region('Dialogue editor').locator('.view-line', { hasText: '220' }).getByText('220').first().hover()
    const card = page.locator('.monaco-hover:visible')
    await card.first().waitFor()
    await expect.poll(() => card.first().textContent()).toMatch(/RFC 5321/)
  })

  it('keeps the line being typed and what was said last in sight, however much may be said', async () => {
    await button('Hang up').click()
    await page
      .getByRole('combobox', { name: 'Server to connect to' })
      .selectOption({ label: await labelOf(/^store.* 143/) })
    await button('Connect').click()
    const dialogue = region('Dialogue editor')
    await expect.poll(() => dialogue.textContent()).toContain('IMAP4rev1')
    await dialogue.locator('.monaco-editor').click()
    const transcript = region('Transcript')
    for (const [line, reply] of [
      ['a1 LOGIN bob birdsong', 'a1 OK'],
      ['a2 SELECT INBOX', 'a2 OK'],
      ['a3 IDLE', '+ '],
      ['DONE', 'a3 OK'],
    ] as const) {
      await page.keyboard.insertText(line)
      await page.keyboard.press('Enter')
      await expect.poll(() => transcript.textContent()).toContain(reply)
    }
    const pane = await dialogue.locator('.monaco-editor').first().boundingBox()
    const inSight = async (line: Locator): Promise<boolean> => {
      const box = await line.boundingBox()
      if (!box || !pane) return false
      return box.y >= pane.y && box.y + box.height <= pane.y + pane.height
    }
    await expect.poll(() => inSight(dialogue.locator('.view-line', { hasText: /a3.OK/ }))).toBe(true)
    await expect.poll(() => inSight(dialogue.locator('.line-numbers', { hasText: '›' }))).toBe(true)
    // What may be said is all there for the keyboard, and leaves the dialogue its room.
    const legal = dialogue.getByRole('list', { name: 'Legal now' })
    expect((await legal.boundingBox())?.height).toBeLessThanOrEqual(72)
    expect(pane?.height).toBeGreaterThan(160)
    const last = legal.getByRole('button').last()
    await last.focus()
    const [box, end] = [await legal.boundingBox(), await last.boundingBox()]
    expect(end?.y).toBeGreaterThanOrEqual(box?.y ?? 0)
    expect((end?.y ?? 0) + (end?.height ?? 0)).toBeLessThanOrEqual((box?.y ?? 0) + (box?.height ?? 0) + 1)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(' ')}`)).toEqual([])
  })

  it('gives verbs and codes colours of their own', async () => {
    await page.keyboard.type('NOOP')
    await page.keyboard.press('Enter')
    const line = region('Dialogue editor').locator('.view-line', { hasText: '250' }).last()
    await line.waitFor()
    const colours = await line
      .locator('span span')
      .evaluateAll((spans) => spans.map((span) => getComputedStyle(span).color))
    expect(new Set(colours).size).toBeGreaterThan(1)
  })
})

describe('links', () => {
  it('have the very address that they lead to, and load no page anew', async () => {
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
      await page.addInitScript(() => {
        const store = window as unknown as { shift: number }
        store.shift = 0
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) store.shift += (entry as unknown as { value: number }).value
        }).observe({ type: 'layout-shift', buffered: true })
      })
      await go(hash)
      await page.locator('h1').first().waitFor()
      await page.waitForLoadState('networkidle')
      const shift = await page.evaluate(() => (window as unknown as { shift: number }).shift)
      expect({ hash, shift: shift < 0.001 ? 0 : shift }).toEqual({ hash, shift: 0 })
    }
  })

  it('says so where the browser keeps nothing, and works all the same', async () => {
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new Error('no storage here')
      }
    })
    await sendReadyLetter()
    await page.getByText('does not let the page store anything').waitFor()
    await button('Go to end').click()
  })

  it('moves the focus to what a press brought', async () => {
    await go('')
    await button('Send the letter').focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
  })

  it('shows what a host last said when it is chosen on the map', async () => {
    await sendReadyLetter()
    await button('Go to end').click()
    await region('Map')
      .getByRole('button', { name: /^Bob's exchanger/ })
      .focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => region('Transcript').textContent()).toMatch(/mx\.bird/)
    await expect.poll(() => region('Inspector').textContent()).toMatch(/mx\.bird/)
  })

  it('follows the moment in its panels, and keeps to a connection that was chosen', async () => {
    await sendReadyLetter()
    await button('Go to end').click()
    await expect.poll(() => region('Transcript').textContent()).toContain('POP3 bob-laptop')
    await button('Go to start').click()
    await button('Play').click()
    await expect.poll(() => region('Transcript').textContent()).toContain('SMTP alice-laptop')
    await button('Pause').click()
  })

  it('keeps the learner’s work when a part of it stops', async () => {
    await sendReadyLetter()
    await page.route('**/*', (route) => (/Lab|lab/.test(route.request().url()) ? route.abort() : route.continue()))
    await page.getByRole('link', { name: 'Lab' }).click()
    await button('Try again').waitFor()
    await page.unroute('**/*')
    await page.getByRole('link', { name: /home/ }).first().click()
    await expect.poll(() => page.locator('h1').textContent()).toMatch(/letter/)
    // The aborted request is what this test did itself.
    forgive()
  })
})
