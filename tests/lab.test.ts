import type { Locator } from 'playwright-core'
import { beforeEach, describe, expect, it } from 'vitest'
import { expectAccessible } from './support/accessible'
import { button, go, live, onAPage, open, page, region } from './support/openPage'

/** The lab as its users meet it: letters are written, dialogues typed by hand. */

onAPage()

/** The label of the server with this name. */
async function labelOf(server: RegExp): Promise<string> {
  const labels = await page.getByRole('combobox', { name: 'Server to connect to' }).locator('option').allTextContents()
  const label = labels.find((text) => server.test(text))
  if (label === undefined) throw new Error(`there is no server ${server} among ${labels.join('; ')}`)
  return label
}

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

  it('to an unknown user come home: it is announced, the notice is read from there, and the end says what is next', async () => {
    await go('#/lab')
    const headline = region('Headline')
    expect(await headline.textContent()).toBe('No letter has been sent yet. “Write a letter” sends one.')
    const { y } = (await region('Map').boundingBox()) ?? {}
    await write('nobody@bird.example')
    const cameBack =
      'The letter to nobody@bird.example came back: mx.bird knows nobody of that name. Alice’s laptop has the notice.'
    await expect.poll(() => headline.textContent()).toContain(cameBack)
    expect((await region('Map').boundingBox())?.y).toBe(y)
    // By ear too: how it ended is the last thing that is said.
    const told = region('Time').getByRole('status').filter({ hasText: 'The run ends here' })
    expect(await told.textContent()).toBe(`The run ends here: ${cameBack}`)
    // It follows time, back and forth.
    await button('Go to start').click()
    await expect.poll(() => headline.textContent()).toBe('The letter to nobody@bird.example is on its way.')
    // A screen reader says it once: the map's sentence is a live region, and the headline is none.
    await page.getByText('Hop', { exact: true }).click()
    await button('Go to end').click()
    await button('Step back').click()
    await button('Step back').click()
    await button('Step forward').click()
    await expect.poll(() => live().textContent()).toBe(cameBack)
    expect(await page.locator('[aria-live], [role=status], [role=alert]').filter({ hasText: cameBack }).count()).toBe(1)
    await button('Read it').press('Enter')
    await expect.poll(() => region('Mailboxes').textContent()).toMatch(/550 5\.1\.1 <nobody@bird\.example>/)
    expect(await region('Mailboxes').textContent()).toContain('on Alice’s laptop')
    expect(await page.getByRole('group', { name: 'What next?' }).count()).toBe(0)
    await button('Go to end').click()
    await page
      .getByRole('group', { name: 'What next?' })
      .getByRole('button', { name: 'Write your own letter' })
      .press('Enter')
    expect(await page.getByRole('dialog').getByRole('textbox', { name: 'To' }).isVisible()).toBe(true)
  })

  it('begin with the reader that the address names, once', async () => {
    await go('#/lab/two-towns?write=nobody%40bird.example')
    const to = page.getByRole('dialog').getByRole('textbox', { name: 'To' })
    await expect.poll(() => to.inputValue()).toBe('nobody@bird.example')
    expect(page.url()).not.toContain('write')
    await button('Cancel').click()
    await button('Write a letter').click()
    await expect.poll(() => to.inputValue()).toBe('bob@bird.example')
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

  it('to a domain that does not exist are returned too', async () => {
    await go('#/lab')
    await write('bob@brid.example')
    await page.getByRole('tab', { name: 'Mailboxes' }).click()
    await region('Mailboxes').getByText('Undelivered Mail Returned to Sender').first().click()
    await expect.poll(() => page.locator('main').textContent()).toMatch(/NXDOMAIN/)
  })

  it('begin empty after one was sent, to the same readers; an unsent one is kept', async () => {
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
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await button('Write a letter').click()
    await expect.poll(() => field('Subject').inputValue()).toBe('half a letter')
    await page.reload()
    await button('Write a letter').click()
    await expect.poll(() => field('Subject').inputValue()).toBe('half a letter')
  })

  it('carry an attachment to the reader', async () => {
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

  it('works in the code editor too, with the reply under the line', async () => {
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

  it('is typed at the machine of the mailbox’s owner, or at another that is chosen', async () => {
    await go('#/lab')
    const server = page.getByRole('combobox', { name: 'Server to connect to' })
    const machine = page.getByRole('combobox', { name: 'Machine to type at' })
    const chosen = () => machine.evaluate((select: HTMLSelectElement) => select.value)
    expect(await chosen()).toBe('alice-laptop')
    await server.selectOption({ label: await labelOf(/^store.* 110/) })
    expect(await chosen()).toBe('bob-laptop')
    await machine.selectOption('bob-phone')
    await button('Connect').click()
    await expect.poll(() => region('Dialogue editor').textContent()).toContain('typed at Bob’s phone')
    await expect.poll(() => region('Transcript').textContent()).toContain('Bob’s phone')
  })

  it('says one sentence about a name that does not exist', async () => {
    await go('#/lab')
    await page.getByRole('combobox', { name: 'Server to connect to' }).selectOption({ label: 'another host or port' })
    await page.getByRole('textbox', { name: /host/i }).fill('mx.brid.example')
    await button('Connect').click()
    await expect.poll(() => region('Dialogue editor').textContent()).toMatch(/mx\.brid\.example/)
    await expect.poll(() => region('Dialogue editor').textContent()).toMatch(/no such|not exist|no address|NXDOMAIN/i)
  })

  it('shows the machine: its present state, legal and refused commands', async () => {
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

describe('the code editor', () => {
  beforeEach(async () => {
    await go('#/lab')
    await button('Connect').click()
    await region('Dialogue editor').locator('.monaco-editor').waitFor()
    await expect.poll(() => region('Dialogue editor').textContent()).toContain('ESMTP')
    await region('Dialogue editor').locator('.monaco-editor').click()
  })

  it('completes the legal commands of the machine', async () => {
    await page.keyboard.type('E')
    await page.keyboard.press('Control+Space')
    const list = page.locator('.suggest-widget.visible')
    await list.waitFor()
    await expect.poll(() => list.textContent()).toContain('EHLO')
    // There is no sender yet, so DATA is not offered.
    expect(await list.textContent()).not.toContain('DATA')
    await page.keyboard.press('Escape')
  })

  it('explains a reply code under the pointer, from the catalogue', async () => {
    await region('Dialogue editor').locator('.view-line', { hasText: '220' }).getByText('220').first().hover()
    const card = page.locator('.monaco-hover:visible')
    await card.first().waitFor()
    await expect.poll(() => card.first().textContent()).toMatch(/RFC 5321/)
  })

  it('keeps the line being typed and the last reply in sight, however many commands are legal', async () => {
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
    // The keyboard reaches all legal commands, and the list leaves enough space for the dialogue.
    const legal = dialogue.getByRole('list', { name: 'Legal now' })
    expect((await legal.boundingBox())?.height).toBeLessThanOrEqual(72)
    expect(pane?.height).toBeGreaterThan(160)
    const last = legal.getByRole('button').last()
    await last.focus()
    const [box, end] = [await legal.boundingBox(), await last.boundingBox()]
    expect(end?.y).toBeGreaterThanOrEqual(box?.y ?? 0)
    expect((end?.y ?? 0) + (end?.height ?? 0)).toBeLessThanOrEqual((box?.y ?? 0) + (box?.height ?? 0) + 1)
    await expectAccessible(page)
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

describe('a world that extends another', () => {
  it('opens by its address with its beginning, which it has again when it is started anew', async () => {
    await go('#/lab/bobs-box')
    const anew = button('Reset')
    await button('Go to end').click()
    await page.getByRole('tab', { name: 'Mailboxes' }).click()
    const subjects = async (): Promise<readonly boolean[]> =>
      Promise.all(
        ['Plums', 'Pears', 'Invoice'].map(
          async (subject) => (await region('Mailboxes').getByText(subject, { exact: true }).count()) > 0,
        ),
      )
    await expect.poll(subjects).toEqual([true, true, true])
    expect(await anew.getAttribute('aria-disabled')).toBe('true')
    await button('Write a letter').click()
    await page.getByRole('dialog').getByRole('textbox', { name: 'Subject' }).fill('Picnic')
    await page.getByRole('dialog').getByRole('button', { name: 'Send the letter' }).click()
    await button('Pause').click()
    await button('Go to end').click()
    await expect.poll(() => region('Mailboxes').getByText('Picnic', { exact: true }).count()).toBeGreaterThan(0)
    await anew.click()
    await button('Go to end').click()
    await expect.poll(subjects).toEqual([true, true, true])
    expect(await region('Mailboxes').getByText('Picnic', { exact: true }).count()).toBe(0)
  })

  it('is not offered among the worlds of the lab unless it says so, and stands there while it is open', async () => {
    const offered = (): Promise<readonly string[]> =>
      page.getByRole('combobox', { name: 'World' }).locator('> option').allTextContents()
    await go('#/lab')
    await expect.poll(offered).toEqual(['Two towns', 'By hand', 'For real programs', 'Three doors'])
    await go('#/lab/quiet-towns')
    await expect.poll(offered).toEqual(['Two towns', 'By hand', 'For real programs', 'Three doors', 'Two quiet towns'])
  })
})
