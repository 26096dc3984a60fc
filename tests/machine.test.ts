import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectAccessible, expectAccessibleEverywhere } from './support/accessible'
import { button, live, onAPage, page, region, served } from './support/openPage'

/** The machine room of the lab as its users meet it: a change there shows in the answers of the servers. */

onAPage()

const machine = (): Locator => region('Machine')
const textOf = async (locator: Locator): Promise<string> => (await locator.textContent()) ?? ''

async function enter(host: string): Promise<void> {
  await page.getByRole('tab', { name: 'Machine' }).click()
  await machine().getByRole('combobox', { name: 'Host' }).selectOption(host)
}

async function openLab(path = '#/lab'): Promise<void> {
  await page.goto(`${served.url}${path}`)
  await button('Write a letter').waitFor()
}

async function connect(server: string | RegExp): Promise<void> {
  const plain = page.getByRole('switch', { name: 'Plain input' })
  if (!(await plain.isChecked())) await plain.click()
  if (await button('Hang up').isVisible()) await button('Hang up').click()
  const servers = page.getByRole('combobox', { name: 'Server to connect to' })
  const labels = await servers.locator('option').allTextContents()
  const label = labels.find((text) => (typeof server === 'string' ? text.startsWith(server) : server.test(text)))
  if (label === undefined) throw new Error(`there is no server ${String(server)} among ${labels.join('; ')}`)
  await servers.selectOption({ label })
  await button('Connect').click()
}

/** Types a line, and returns the latest reply. */
async function say(line: string): Promise<string> {
  const dialogue = region('Dialogue editor')
  const before = await textOf(dialogue)
  const command = page.getByRole('textbox', { name: 'Command', exact: true })
  await command.fill(line)
  await command.press('Enter')
  await expect.poll(async () => (await textOf(dialogue)) !== before).toBe(true)
  return textOf(dialogue.locator('[aria-live="polite"]').last())
}

async function sendMessage(to: string): Promise<void> {
  await button('Write a letter').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'To' }).fill(to)
  await dialog.getByRole('button', { name: 'Send the letter' }).click()
  await button('Pause').click()
  await goToEnd()
}

/** At the end the button does nothing, and reports that it is disabled: the test presses it anyway. */
const goToEnd = (): Promise<void> => button('Go to end').click({ force: true })

/** Runs on past quiet times until the wanted thing is there. */
async function runOnUntil(isThere: () => Promise<boolean>): Promise<void> {
  for (let n = 0; n < 40; n++) {
    if (await isThere()) return
    await page.getByRole('combobox', { name: 'How far to run on' }).selectOption('next')
    await button('Next event').click()
    await goToEnd()
  }
  throw new Error('it never comes')
}

describe('switches', () => {
  it('a stranger’s letter to elsewhere is refused, and taken once the server relays for strangers', async () => {
    await openLab()
    await enter('mx.bird.example')
    await connect('mx.bird.example 25')
    await say('EHLO stranger')
    await say('MAIL FROM:<stranger@elsewhere.example>')
    expect(await say('RCPT TO:<alice@paper.example>')).toMatch(/^55[04] 5\.7\.1/)
    const relay = machine().getByRole('switch', { name: 'Relay for strangers' })
    expect(await relay.isChecked()).toBe(false)
    await relay.click()
    await expect.poll(() => textOf(live())).toMatch(/“Relay for strangers” is now on/)
    await connect('mx.bird.example 25')
    await say('EHLO stranger')
    await say('MAIL FROM:<stranger@elsewhere.example>')
    expect(await say('RCPT TO:<alice@paper.example>')).toMatch(/^250/)
  })

  it('can be undone, and do not start time', async () => {
    await openLab()
    await enter('mx.bird.example')
    const relay = machine().getByRole('switch', { name: 'Relay for strangers' })
    await relay.click()
    expect(await relay.isChecked()).toBe(true)
    await button('Play').waitFor()
    await button('Undo').click()
    await expect.poll(() => relay.isChecked()).toBe(false)
  })

  it('stand in groups, and those that few need are folded', async () => {
    await openLab()
    await enter('mx.bird.example')
    await machine().getByRole('group', { name: 'Who may do what' }).getByLabel('STARTTLS', { exact: true }).waitFor()
    const rare = machine().getByLabel('A line feed of its own')
    expect(await rare.isVisible()).toBe(false)
    await machine().getByText('Details of the protocols').click()
    await rare.waitFor()
  })

  it('accept a number when it is complete, and report other text', async () => {
    await openLab()
    await enter('mx.bird.example')
    const most = machine().getByRole('combobox', { name: 'Largest letter' })
    await most.fill('nine')
    await expect
      .poll(() => textOf(machine().getByRole('alert').filter({ hasText: /\S/ })))
      .toMatch(/whole number, 1 at least/)
    await most.fill('1000')
    await most.press('Enter')
    await connect('mx.bird.example 25')
    await say('EHLO me')
    expect(await textOf(region('Dialogue editor'))).toContain('SIZE 1000')
    expect(await say('MAIL FROM:<me@elsewhere.example> SIZE=2000')).toMatch(/^552/)
  })
})

describe('zones', () => {
  const zone = (): Locator => machine().getByRole('textbox', { name: 'Zone bird.example.' })

  it('that name another exchanger lead letters elsewhere', async () => {
    await openLab()
    await enter('ns.bird.example')
    expect(await textOf(machine())).toContain('2026112100')
    const text = await zone().inputValue()
    await zone().fill(text.replace('MX 10 mx.bird.example.', 'MX 0 .').replace('2026112100', '2026112101'))
    await machine().getByRole('button', { name: 'Apply' }).click()
    await expect.poll(() => textOf(machine())).toMatch(/serial\s*2026112101/)
    await sendMessage('bob@bird.example')
    await page.getByRole('tab', { name: 'Mailboxes' }).click()
    // A null MX: the domain takes no mail (RFC 7505).
    await region('Mailboxes').getByText('Undelivered Mail Returned to Sender').first().click()
    await expect.poll(() => textOf(region('Mailboxes'))).toMatch(/5[.]1[.]10|556|does not accept mail|no mail/i)
  })

  it('that cannot be read are marked with line and column, and not served', async () => {
    await openLab()
    await enter('ns.bird.example')
    const text = await zone().inputValue()
    await zone().fill(text.replace('MX 10', 'MX ten'))
    const line = text.split('\n').findIndex((one) => one.includes('MX 10')) + 1
    await machine()
      .getByRole('button', { name: `line ${line}, column 6` })
      .waitFor()
    expect(await zone().getAttribute('aria-invalid')).toBe('true')
    await machine().getByRole('button', { name: 'Apply' }).click()
    // The wrong place is selected in the text.
    expect(
      await zone().evaluate((field: HTMLTextAreaElement) =>
        field.value.slice(field.selectionStart, field.selectionEnd),
      ),
    ).toBe('ten')
    await machine().getByRole('button', { name: 'Reset' }).click()
    expect(await zone().inputValue()).toBe(text)
  })

  it('show faults and remedies in sight of the text field', async () => {
    await openLab()
    await enter('ns.bird.example')
    await zone().fill((await zone().inputValue()).replace('MX 10', 'MX ten'))
    const foot = (await page.getByRole('slider', { name: 'Timeline' }).boundingBox())?.y ?? 0
    for (const name of [/^line 4/, 'Apply', 'Reset']) {
      const box = await machine().getByRole('button', { name }).boundingBox()
      expect((box?.y ?? foot) + (box?.height ?? 0)).toBeLessThan(foot - 20)
    }
    // The message about it does not move the text under the cursor.
    const top = (await zone().boundingBox())?.y
    await zone().fill('; nothing')
    await machine().getByRole('button', { name: 'Reset' }).click()
    expect((await zone().boundingBox())?.y).toBe(top)
  })

  it('keep a draft through other panels, other hosts and a reload', async () => {
    await openLab()
    await enter('ns.bird.example')
    await zone().fill('; not finished')
    await page.getByRole('tab', { name: 'Transcript' }).click()
    await enter('ns.paper.example')
    await enter('ns.bird.example')
    expect(await zone().inputValue()).toBe('; not finished')
    await page.reload()
    await enter('ns.bird.example')
    expect(await zone().inputValue()).toBe('; not finished')
  })
})

describe('power', () => {
  it('without its exchanger a letter waits and shows its next try; with it, it arrives', async () => {
    await openLab()
    await enter('mx.bird.example')
    await button('Stop this host').click()
    await expect.poll(() => textOf(live())).toMatch(/Bob’s exchanger has lost its power/)
    await region('Map')
      .getByRole('button', { name: /^Bob's exchanger.*stopped$/ })
      .waitFor()
    await sendMessage('bob@bird.example')
    await enter('mx-out.paper.example')
    const queue = machine().getByRole('table', { name: 'Outgoing queue' })
    await runOnUntil(async () => /try 2 in \d+:\d\d/.test(await textOf(queue)))
    expect(await textOf(queue)).toContain('bob@bird.example')
    await enter('mx.bird.example')
    await button('Start this host').click()
    await enter('mx-out.paper.example')
    await runOnUntil(async () => /Nothing waits here/.test(await textOf(machine())))
    await page.getByRole('tab', { name: 'Mailboxes' }).click()
    await expect.poll(() => textOf(region('Mailboxes'))).toContain('Lunch?')
  })

  it('without it a host does not answer an open dialogue, and the editor says why', async () => {
    await openLab()
    await connect(/^store.* 110/)
    await say('USER bob')
    await enter('store.bird.example')
    await button('Stop this host').click()
    const command = page.getByRole('textbox', { name: 'Command', exact: true })
    await command.fill('PASS birdsong')
    await command.press('Enter')
    await region('Dialogue editor').getByText('store.bird.example is stopped').waitFor()
    expect(await textOf(region('Dialogue editor'))).not.toContain('reads no command')
  })

  it('can be taken by clicking a host on the map', async () => {
    await openLab()
    await region('Map')
      .getByRole('button', { name: /^resolver/ })
      .click()
    await button('Open its room').click()
    await machine().waitFor()
    expect(await machine().getByRole('combobox', { name: 'Host' }).inputValue()).toBe('resolver')
  })
})

describe('the rooms', () => {
  it('are shown from their top', async () => {
    await openLab()
    await enter('mx-out.paper.example')
    await machine().getByRole('button', { name: 'Cut the link' }).scrollIntoViewIfNeeded()
    const { y: switches } = (await machine().getByText('Outgoing queue').boundingBox()) ?? { y: 0 }
    await enter('mx.bird.example')
    const { y: top } = (await machine().getByText('Outgoing queue').boundingBox()) ?? { y: 0 }
    expect(top).toBeGreaterThan(switches)
    const head = await machine().getByRole('combobox', { name: 'Host' }).boundingBox()
    expect(top).toBeGreaterThan((head?.y ?? 0) + (head?.height ?? 0))
  })
})

describe('links and memory', () => {
  it('a cut link carries nothing, is marked, and can be restored', async () => {
    await openLab()
    await enter('alice-laptop')
    await machine().getByRole('combobox', { name: 'Link to' }).selectOption('mx-out.paper.example')
    await machine().getByRole('button', { name: 'Cut the link' }).click()
    await expect.poll(() => textOf(live())).toMatch(/link between Alice’s laptop and mx-out is cut/)
    expect(await region('Map').locator('.cut').count()).toBe(1)
    await sendMessage('bob@bird.example')
    await runOnUntil(async () => /could not send the letter|cannot reach/.test(await textOf(live())))
    await machine().getByRole('button', { name: 'Mend the link' }).click()
    expect(await region('Map').locator('.cut').count()).toBe(0)
  })

  it('the resolver’s cache counts down, and has negative answers', async () => {
    await openLab()
    await sendMessage('bob@brid.example')
    await enter('resolver')
    const cache = machine().getByRole('table', { name: 'DNS cache' })
    await expect.poll(() => textOf(cache)).toContain('NXDOMAIN')
    const left = async (): Promise<number> =>
      Number(await textOf(cache.getByRole('row').filter({ hasText: 'NXDOMAIN' }).getByRole('cell').last()))
    const before = await left()
    expect(before).toBeGreaterThan(0)
    await runOnUntil(async () => (await cache.getByText('NXDOMAIN').count()) === 0 || (await left()) < before)
    await button('Go to start').click()
    await expect.poll(() => textOf(machine())).toContain('remembers nothing yet')
  })
})

describe('another world', () => {
  it('is chosen in the lab, keeps its own run, and has its own servers', async () => {
    await openLab()
    await page.getByRole('combobox', { name: 'World' }).selectOption('example-test')
    await region('Map')
      .getByRole('button', { name: /^your programs/ })
      .waitFor()
    await connect('mail.example.test 465')
    await expect.poll(() => textOf(region('Dialogue editor'))).toContain('220 mail.example.test')
    await expect.poll(() => textOf(region('Transcript'))).toContain('Encrypted from the first octet')
    await page.getByRole('combobox', { name: 'World' }).selectOption('two-towns')
    await region('Map')
      .getByRole('button', { name: /^Bob's exchanger/ })
      .waitFor()
    expect(await textOf(region('Dialogue editor'))).not.toContain('mail.example.test')
    await page.goBack()
    await expect.poll(() => textOf(region('Dialogue editor'))).toContain('220 mail.example.test')
  })

  it('takes STARTTLS and AUTH that are typed by hand', async () => {
    await openLab('#/lab/example-test')
    await connect('mail.example.test 587')
    await say('EHLO me')
    expect(await textOf(region('Dialogue editor'))).toContain('STARTTLS')
    expect(await say('AUTH PLAIN AGFsaWNlAHNlY3JldA==')).toMatch(/^5/)
    expect(await say('STARTTLS')).toMatch(/^220/)
    await expect.poll(() => textOf(region('Dialogue editor'))).toContain('encrypted')
    await say('EHLO me')
    expect(await say('AUTH PLAIN AGFsaWNlAHNlY3JldA==')).toMatch(/^235/)
    expect(await say('MAIL FROM:<alice@example.test>')).toMatch(/^250/)
    await expect.poll(() => textOf(region('Transcript'))).toContain('Encrypted from here on')
    await expectAccessible(page)
    // The inspector shows an onlooker's view of the line that was typed last.
    await region('Transcript').getByText('MAIL FROM:').click()
    await page.getByRole('tab', { name: 'Inspector' }).click()
    await expect.poll(() => textOf(region('Inspector'))).toContain('only ciphertext')
  })

  it('that does not exist is reported with a list of those that do', async () => {
    await page.goto(`${served.url}#/lab/nowhere`)
    await page.getByRole('link', { name: 'Two towns' }).click()
    await button('Write a letter').waitFor()
  })
})

describe('several dialogues', () => {
  const tabs = (): Locator => page.getByRole('tablist', { name: 'Dialogues' }).getByRole('tab')
  const tab = (name: RegExp): Locator => page.getByRole('tab', { name })
  const server = (): Locator => page.getByRole('combobox', { name: 'Server to connect to' })

  it('stand in tabs, each with its host and port; keys choose and close them, and a reload brings them back', async () => {
    await openLab()
    await connect('store.bird.example 143')
    await say('a LOGIN bob birdsong')
    await button('New dialogue').click()
    await server().selectOption('0')
    await page.getByRole('combobox', { name: 'Machine to type at' }).selectOption('resolver')
    await button('Connect').click()
    await tab(/^mx\.bird 25 resolver/).waitFor()
    expect(await tabs().count()).toBe(2)
    await expect.poll(() => textOf(region('Dialogue editor'))).toContain('220 mx.bird.example')
    await expectAccessible(page)
    // The line that is being typed in one dialogue is not in the other.
    await page.getByRole('textbox', { name: 'Command', exact: true }).fill('EHLO half')
    await tab(/^mx\.bird 25/).press('ArrowLeft')
    await expect.poll(() => tab(/^store 143 Bob’s phone/).getAttribute('aria-selected')).toBe('true')
    expect(await say('b NOOP')).toMatch(/^b OK/)
    await page.reload()
    await expect.poll(() => tabs().count()).toBe(2)
    await expect.poll(() => textOf(region('Dialogue editor'))).toContain('b NOOP')
    await tab(/^mx\.bird 25/).click()
    await tab(/^mx\.bird 25/).press('Delete')
    await expect.poll(() => tabs().count()).toBe(0)
    await button('New dialogue').click()
    await server().waitFor()
    await button(/^mx\.bird\.example 25/).click()
    await expect.poll(() => tabs().count()).toBe(2)
    await button('Connect again').waitFor()
  })
})

describe('the DNS', () => {
  const question = (): Locator => page.getByRole('textbox', { name: 'Question' })
  const answer = (command: string): Locator => page.getByRole('group', { name: `Answer to ${command}` })
  const pressed = (of: Locator): Locator => of.getByRole('button', { pressed: true })

  it('is asked at any host as with dig: the lines lead to the wire, earlier questions come back, and undo takes the last', async () => {
    await openLab()
    await enter('ns.paper.example')
    await question().fill('dig +short bird.example')
    await question().press('Enter')
    await machine().getByText('“+short” is no option here').waitFor()
    await question().fill('dig mx bird.example')
    await question().press('Enter')
    const first = answer('dig mx bird.example')
    expect(await textOf(first)).toMatch(/status: NOERROR.*bird\.example\.\s+3600\s+IN\s+MX\s+10 mx\.bird\.example\./)
    // The response is chosen, on the map too; the question leads to the query.
    expect(await pressed(first).count()).toBe(8)
    await expect.poll(() => textOf(region('Map'))).toMatch(/MX\W+10\W+mx\W+bird\W+example/)
    await first.getByRole('button', { name: /^dig mx/ }).focus()
    for (const key of ['End', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'Enter'])
      await page.keyboard.press(key)
    await expect.poll(() => textOf(pressed(first))).toMatch(/^;bird\.example\./)
    await question().fill('dig a mx.bird.example')
    await button('Ask').click()
    await answer('dig a mx.bird.example').waitFor()
    await question().press('ArrowUp')
    expect(await question().inputValue()).toBe('dig mx bird.example')
    await page.reload()
    await page.getByRole('tab', { name: 'Machine' }).click()
    await machine().getByRole('combobox', { name: 'Host' }).selectOption('ns.paper.example')
    await expect.poll(() => textOf(answer('dig a mx.bird.example'))).toContain('203.0.113.25')
    await button('Undo').click()
    await expect.poll(() => answer('dig a mx.bird.example').count()).toBe(0)
    expect(await textOf(answer('dig mx bird.example'))).toContain('status: NOERROR')
  })

  it('is asked in the dialogue editor too, in a tab beside the dialogues', async () => {
    await openLab()
    await connect('mx.bird.example 25')
    await button('New dialogue').click()
    await page.getByRole('combobox', { name: 'Server to connect to' }).selectOption({ label: 'the DNS, as with dig' })
    await page.getByRole('combobox', { name: 'Machine to type at' }).selectOption('bob-phone')
    await button('Ask the DNS').click()
    await question().fill('gone.bird.example')
    await question().press('Enter')
    await expect.poll(() => textOf(answer('dig a gone.bird.example'))).toContain('status: NXDOMAIN')
    await expectAccessible(page)
    await page.getByRole('tab', { name: 'dig', exact: true }).press('ArrowLeft')
    await expect.poll(() => textOf(region('Dialogue editor'))).toContain('220 mx.bird.example')
    await page.getByRole('tab', { name: 'dig', exact: true }).click()
    await page.getByRole('tab', { name: 'dig', exact: true }).press('Delete')
    await expect.poll(() => page.getByRole('tablist', { name: 'Dialogues' }).count()).toBe(0)
  })
})

describe('accessibility of machine rooms', () => {
  it.each(['mx-out.paper.example', 'ns.bird.example', 'resolver', 'alice-laptop'])(
    'axe finds nothing in that of %s, in either theme, wide or narrow',
    async (host) => {
      await openLab()
      await enter(host)
      if (host === 'ns.bird.example') await machine().getByRole('textbox').first().fill('mx A nowhere')
      await button('Stop this host').click()
      await expectAccessibleEverywhere(page)
    },
  )

  it('everything can be reached and used by keyboard', async () => {
    await openLab()
    const tab = (name: string): Locator => page.getByRole('tab', { name })
    await tab('Transcript').focus()
    for (const name of ['Inspector', 'State', 'Mailboxes', 'Machine']) {
      await page.keyboard.press('ArrowRight')
      await expect.poll(() => tab(name).getAttribute('aria-selected')).toBe('true')
    }
    await machine().waitFor()
    const stops: string[] = []
    for (let n = 0; n < 60; n++) {
      await page.keyboard.press('Tab')
      const name = await page.evaluate(() => {
        const element = document.activeElement as HTMLInputElement | null
        return element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent ?? element?.textContent ?? ''
      })
      if (stops.includes(name)) continue
      stops.push(name)
      if (name === 'Relay for strangers') await page.keyboard.press('Space')
      if (name === 'Cut the link') await page.keyboard.press('Enter')
    }
    expect(stops).toEqual(expect.arrayContaining(['Host', 'Stop this host', 'Relay for strangers', 'Link to', 'Loss']))
    expect(await machine().getByRole('switch', { name: 'Relay for strangers' }).isChecked()).toBe(true)
    expect(await machine().getByRole('button', { name: 'Mend the link' }).count()).toBe(1)
  })
})
