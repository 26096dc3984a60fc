import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectAccessible, expectAccessibleEverywhere } from './support/accessible'
import { button, go, onAPage, open, PHONE, page, region } from './support/openPage'

/** The repair desk in the page: broken worlds are found, looked into, and mended by keyboard through what a person presses. */

onAPage(() => open(undefined, { reducedMotion: 'reduce' }))

const ticket = (): Locator => region('Ticket')
const machine = (): Locator => region('Machine')
const said = async (): Promise<string> => (await ticket().textContent()) ?? ''
const rows = (): Locator => page.getByRole('list', { name: 'Tickets' }).getByRole('listitem')

async function openTicket(id: string): Promise<void> {
  await go(`#/learn/tickets/${id}`)
  await ticket().waitFor()
}

/** Looks into a machine, by its name in the world. */
async function look(host: string): Promise<void> {
  await page.getByRole('tab', { name: 'Machine', exact: true }).press('Enter')
  await machine().getByRole('combobox', { name: 'Host' }).selectOption(host)
}

async function sendALetter(): Promise<void> {
  await ticket().getByRole('button', { name: 'Write a letter' }).press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Send the letter' }).press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await button('Go to end').press('Enter')
}

async function changeSettings(host: string, fields: (form: Locator) => Promise<unknown>): Promise<void> {
  await look(host)
  await machine()
    .getByText(/^Change the settings of/)
    .press('Enter')
  await fields(machine())
  await machine().getByRole('button', { name: 'Save the settings' }).press('Enter')
}

async function runOn(span: string, name: string): Promise<void> {
  const time = region('Time')
  await time.getByRole('combobox', { name: 'How far to run on' }).selectOption({ label: span })
  await time.getByRole('button', { name, exact: true }).press('Enter')
}

async function nextTry(): Promise<void> {
  await runOn('to next try', 'Next try')
  await button('Go to end').press('Enter')
}

const sending = (form: Locator): Locator => form.getByRole('group', { name: 'Sending' })
const goal = (): Locator => ticket().getByRole('list', { name: 'What will be checked' }).getByRole('listitem').first()
async function isMended(): Promise<void> {
  await expect.poll(said).toContain('It works, and nothing was harmed.')
}

describe('the repair desk', () => {
  it('lists ten complaints after the course, and tells which are begun and mended, also after a reload', async () => {
    await go('#/learn')
    await region('Repair desk').getByRole('link', { name: 'Mend the first one' }).press('Enter')
    await expect.poll(() => rows().count()).toBe(10)
    const first = rows().first()
    expect(await first.textContent()).toContain('Notes come back')
    // The name of the fault would give it away.
    expect(await page.getByRole('main').textContent()).not.toContain('The doubled name')
    expect(await first.getByRole('link', { name: 'Whose post office?' }).getAttribute('href')).toBe(
      '#/learn/finding-the-way/whose-post-office',
    )
    await expectAccessibleEverywhere(page)
    await first.getByRole('link', { name: 'Notes come back' }).press('Enter')
    await ticket().waitFor()
    await page.goBack()
    await expect.poll(() => rows().first().textContent()).toContain('begun')
    await page.reload()
    await expect.poll(() => rows().first().textContent()).toContain('begun')
    expect(await rows().nth(1).textContent()).toContain('open')
  })

  it('has no ticket of another name, and says so', async () => {
    await go('#/learn/tickets/nowhere')
    await page.getByRole('heading', { name: 'There is no such ticket.' }).waitFor()
    await page.getByRole('link', { name: 'All tickets' }).press('Enter')
    await expect.poll(() => rows().count()).toBe(10)
  })
})

describe('a ticket', () => {
  it('shows the symptom at once: the world runs already', async () => {
    await openTicket('doubled-name')
    expect(await region('Map').or(page.locator('.announced')).first().isVisible()).toBe(true)
    await expect
      .poll(() => page.getByRole('main').textContent())
      .toContain('mx.bird.example.bird.example has no address')
    expect(await goal().textContent()).toContain('not yet')
    expect(await said()).not.toContain('harmed.')
    await expectAccessibleEverywhere(page)
  })

  it('the doubled name is mended in the zone; before, the same letter again does not help', async () => {
    await openTicket('doubled-name')
    await sendALetter()
    await expect.poll(said).toContain('The same way leads to the same end.')
    await look('ns.bird.example')
    const zone = machine().getByRole('textbox', { name: /bird\.example/ })
    const text = await zone.inputValue()
    await zone.fill(text.replace('mx.bird.example', 'mx.bird.example.'))
    await machine().getByRole('button', { name: 'Apply' }).press('Enter')
    await sendALetter()
    await expect.poll(said).toContain('the resolver may still remember the old answer')
    await look('resolver')
    await machine().getByRole('button', { name: 'Forget everything' }).press('Enter')
    await sendALetter()
    await isMended()
    expect(await goal().textContent()).toContain('reached')
    expect(await said()).toContain('The doubled name.')
    expect(await said()).toContain('How you could have known in one minute')
    await expectAccessible(page)
    await page.reload()
    await isMended()
    await ticket().getByRole('link', { name: 'To the next ticket' }).press('Enter')
    await expect.poll(said).toContain('We moved to a new machine')
    await go('#/learn/tickets')
    await expect.poll(() => rows().first().textContent()).toContain('mended')
    expect(await rows().first().textContent()).toContain('The doubled name')
  })

  it('the user’s own wish makes the letter go and is told as harm; stepping back undoes it, and another door mends it', async () => {
    await openTicket('only-inside')
    await look('mx-out.paper.example')
    await machine().getByRole('switch', { name: 'Relay for strangers' }).press('Space')
    await expect.poll(said).toContain('Something was harmed.')
    await sendALetter()
    await expect.poll(said).toContain('It works, but …')
    expect(await said()).toContain('A server now carries anybody’s mail to anywhere.')
    expect(await said()).not.toContain('What it was')
    expect(await ticket().getByRole('listitem').filter({ hasText: 'No server carries' }).textContent()).toContain(
      'harmed',
    )
    await button(/^Undo/).press('Enter')
    await button(/^Undo/).press('Enter')
    await expect.poll(said).not.toContain('It works, but …')
    await changeSettings('alice-laptop', (form) => sending(form).getByRole('textbox', { name: 'Port' }).fill('587'))
    await sendALetter()
    await isMended()
    expect(await said()).toContain('Only inside.')
  })

  it('a password in plaintext is told as harm, and the right encryption mends it', async () => {
    await openTicket('sending-hangs')
    await changeSettings('alice-laptop', (form) =>
      sending(form).getByRole('combobox', { name: 'Encryption' }).selectOption({ label: 'none' }),
    )
    await button('Go to end').press('Enter')
    await expect.poll(said).toContain('It works, but …')
    expect(await said()).toContain('Alice’s password has travelled in the clear.')
    await ticket().getByRole('button', { name: /anew$/ }).press('Enter')
    await expect.poll(said).not.toContain('It works, but …')
    await changeSettings('alice-laptop', (form) => sending(form).getByRole('textbox', { name: 'Port' }).fill('465'))
    await button('Go to end').press('Enter')
    await isMended()
  })

  it('a mailbox in use is opened by ending the call of the machine in the attic', async () => {
    await openTicket('in-use')
    await look('store.bird.example')
    await machine()
      .getByRole('button', { name: /^End the connection of the machine in the attic/ })
      .press('Enter')
    await page.getByRole('tab', { name: 'Mailboxes' }).press('Enter')
    await button('Look for mail now on Bob’s laptop').press('Enter')
    await button('Go to end').press('Enter')
    await isMended()
  })

  it('a laptop that leaves letters on the server takes nothing away any more', async () => {
    await openTicket('it-disappears')
    await changeSettings('bob-laptop', (form) =>
      form.getByRole('checkbox', { name: 'Leave letters on the server' }).press('Space'),
    )
    await sendALetter()
    await runOn('1 hour', 'Run on')
    await isMended()
  })

  it('letters that wait for room arrive once the mailbox may hold more', async () => {
    await openTicket('they-come-tomorrow')
    await look('store.bird.example')
    await machine().getByRole('button', { name: 'Change bob@bird.example' }).press('Enter')
    await machine().getByRole('textbox', { name: 'Letters at most' }).fill('50')
    await machine().getByRole('button', { name: 'Save', exact: true }).press('Enter')
    await runOn('1 hour', 'Run on')
    await isMended()
  })

  it('a circle is broken at the store, which keeps the mailboxes itself from then on', async () => {
    await openTicket('in-circles')
    await look('store.bird.example')
    await machine().getByRole('button', { name: 'Change bird.example' }).press('Enter')
    await machine().getByRole('textbox', { name: 'Host of the mailboxes' }).fill('')
    await machine().getByRole('button', { name: 'Save', exact: true }).press('Enter')
    await sendALetter()
    await isMended()
  })

  it('a town is found again once the zone above names the right address', async () => {
    await openTicket('not-to-be-found')
    await look('ns.example')
    const zone = machine().getByRole('textbox', { name: /example/ })
    await zone.fill((await zone.inputValue()).replace('ns.bird A 198.51.100.3', 'ns.bird A 198.51.100.4'))
    await machine().getByRole('button', { name: 'Apply' }).press('Enter')
    await runOn('1 hour', 'Run on')
    await isMended()
  })

  it('a machine of first choice that has power again is not knocked at in vain', async () => {
    await openTicket('a-minute-late')
    await look('mx.bird.example')
    await machine().getByRole('button', { name: 'Start this host' }).press('Enter')
    await sendALetter()
    await isMended()
  })

  it('waiting alone can be the repair: the next tries are skipped to', async () => {
    await openTicket('moved-house')
    await expect.poll(said).toContain('The waiting letter arrives.')
    await nextTry()
    await nextTry()
    await isMended()
  })

  it('opens its hints one after the other and keeps them; the run begins anew', async () => {
    await openTicket('a-minute-late')
    await ticket().getByRole('button', { name: 'Open the nudge' }).press('Enter')
    expect(await said()).toContain('Sixty-three seconds is the sound of knocking.')
    expect(await said()).not.toContain('Which exchanger is called first?')
    await page.keyboard.press('h')
    await expect.poll(said).toContain('Which exchanger is called first?')
    await look('mx.bird.example')
    await machine().getByRole('button', { name: 'Start this host' }).press('Enter')
    await page.reload()
    await expect.poll(said).toContain('Which exchanger is called first?')
    await ticket().getByRole('button', { name: /anew$/ }).press('Enter')
    await look('mx.bird.example')
    await machine().getByRole('button', { name: 'Start this host' }).waitFor()
  })

  it('fits a phone: its panels are tabs, and what comes of a deed is told there too', async () => {
    await page.setViewportSize(PHONE)
    await openTicket('only-inside')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
    await ticket().getByRole('button', { name: 'Look into the machines' }).click()
    await machine().waitFor()
    // The opened panel is heard.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Machine')
    await machine().getByRole('combobox', { name: 'Host' }).selectOption('mx-out.paper.example')
    await machine().getByRole('switch', { name: 'Relay for strangers' }).click()
    // The ticket is covered, so this stands beside the machine.
    await expect.poll(() => page.getByRole('tabpanel').textContent()).toContain('Something was harmed.')
    await machine().getByRole('switch', { name: 'Relay for strangers' }).click()
    await machine().getByRole('combobox', { name: 'Host' }).selectOption('alice-laptop')
    await machine()
      .getByText(/^Change the settings of/)
      .click()
    await sending(machine()).getByRole('textbox', { name: 'Port' }).fill('587')
    await machine().getByRole('button', { name: 'Save the settings' }).click()
    await page.getByRole('tab', { name: 'Ticket' }).click()
    await ticket().getByRole('button', { name: 'Write a letter' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Send the letter' }).click()
    await button('Go to end').click()
    await isMended()
    // The hints stand below the closing card, under the foot until one goes there.
    await ticket().getByRole('button', { name: 'Open the nudge' }).focus()
    await expectAccessible(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
    for (const control of await ticket().locator('a.button, button.button').all())
      expect((await control.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(44)
  })
})
