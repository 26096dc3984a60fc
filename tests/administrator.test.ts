import type { Locator } from 'playwright-core'
import { expect, it } from 'vitest'
import { expectAccessible } from './support/accessible'
import { button, live, onAPage, page, region, served } from './support/openPage'

/** The work of an administrator in the machine room: the queue is held, the cache is flushed, a client is sent away. */

onAPage()

const machine = (): Locator => region('Machine')
const textOf = async (locator: Locator): Promise<string> => (await locator.textContent()) ?? ''

async function enter(path: string, host: string): Promise<void> {
  await page.goto(`${served.url}${path}`)
  await button('Write a letter').waitFor()
  await page.getByRole('tab', { name: 'Machine' }).click()
  await machine().getByRole('combobox', { name: 'Host' }).selectOption(host)
}

async function sendTheLetter(): Promise<void> {
  await button('Write a letter').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Send the letter' }).click()
  await button('Pause').click()
  await goToEnd()
}

/** At the end the button does nothing, and reports that it is disabled: the test presses it anyway. */
const goToEnd = (): Promise<void> => button('Go to end').click({ force: true })

it('a queue that is held keeps the letter, says so, and lets it go when it is released', async () => {
  await enter('#/lab', 'mx-out.paper.example')
  const hold = machine().getByRole('switch', { name: 'Hold the queue' })
  await hold.click()
  await expect.poll(() => textOf(live())).toMatch(/“Hold the queue” is now on/)
  await sendTheLetter()
  const queue = machine().getByRole('table', { name: 'Outgoing queue' })
  await expect.poll(() => textOf(queue)).toMatch(/bob@bird\.example.*held/)
  await hold.click()
  await goToEnd()
  await machine().getByRole('group', { name: 'Outgoing queue' }).getByText('Nothing waits here.').waitFor()
})

it('a client is sent away, and is told why', async () => {
  await enter('#/lab?moment=7000', 'store.bird.example')
  const clients = machine().getByRole('table', { name: 'Clients' })
  expect(await textOf(clients)).toMatch(/Bob’s phone.*143, IMAP.*bob@bird\.example/)
  await expectAccessible(page)
  await machine().getByRole('button', { name: 'End the connection of Bob’s phone to port 143' }).click()
  await button('Pause').click()
  await machine().getByText('No client is connected.').waitFor()
  await goToEnd()
  await page.getByRole('tab', { name: 'Transcript' }).click()
  await expect.poll(() => textOf(page.locator('body'))).toContain('* BYE The administrator has ended this connection')
})

it('a resolver forgets what it has cached', async () => {
  await enter('#/lab', 'resolver')
  await sendTheLetter()
  const forget = machine().getByRole('button', { name: 'Forget everything' })
  await forget.click()
  await machine().getByText('It remembers nothing yet').waitFor()
  expect(await forget.count()).toBe(0)
})

it('a mail program that calls the wrong door is given another one, and the letter that waits goes', async () => {
  await enter('#/lab', 'alice-laptop')
  const settings = machine().getByText('Change the settings of alice@paper.example')
  const form = machine().locator('form').filter({ hasText: 'Save the settings' })
  const save = form.getByRole('button', { name: 'Save the settings' })
  const sending = form.getByRole('group', { name: 'Sending' })
  await settings.click()
  await sending.getByLabel('Port').fill('none')
  await save.click()
  await expect.poll(() => textOf(form.getByRole('alert'))).toMatch(/“NaN” is no port|is no port/)
  await sending.getByLabel('Port').fill('465')
  await expectAccessible(page)
  await save.click()
  await expect.poll(() => textOf(live())).toMatch(/Alice’s laptop has other settings for alice@paper\.example/)
  expect(await textOf(machine().getByRole('table', { name: 'Accounts' }))).toContain('mx-out.paper.example 465')
  await sendTheLetter()
  await machine().getByRole('table', { name: 'Outbox' }).getByText('bob@bird.example').waitFor()
  await settings.click()
  await sending.getByLabel('Port').fill('587')
  await save.click()
  await goToEnd()
  await machine().getByRole('group', { name: 'Outbox' }).getByText('Nothing waits here.').waitFor()
})
