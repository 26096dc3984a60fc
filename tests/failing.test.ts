import { expect, it } from 'vitest'
import { button, go, onAPage, page, region } from './support/openPage'

/** A message that cannot be handed on, as a learner meets it at the step by line. */

onAPage()

/** From now on, all that the page's polite voices say; gives what was said up to then. */
async function statusMessages(): Promise<() => Promise<readonly string[]>> {
  const told = await page.evaluateHandle(() => {
    const messages: string[] = []
    new MutationObserver((changes) => {
      const regions = changes.map(({ target }) =>
        (target instanceof Element ? target : target.parentElement)?.closest('[aria-live], [role=status]'),
      )
      for (const region of new Set(regions)) if (region?.textContent) messages.push(region.textContent)
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
    return messages
  })
  return () => told.jsonValue()
}

it('no letter leaves a laptop that is stopped: the form says so and starts it', async () => {
  await go('#/lab')
  await region('Map')
    .getByRole('button', { name: /^Alice's laptop/ })
    .click()
  await button('Stop it').click()
  await button('Write a letter').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Send the letter' }).click()
  expect(await dialog.getByRole('alert').filter({ visible: true }).textContent()).toContain('Alice’s laptop is stopped')
  await dialog.getByRole('button', { name: 'Start it' }).click()
  await dialog.getByRole('button', { name: 'Send the letter' }).click()
  await expect.poll(() => dialog.count()).toBe(0)
})

it('nothing is done by hand on a laptop that is stopped: the mailboxes say so and start it', async () => {
  await go('#/lab')
  await button('Write a letter').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Send the letter' }).click()
  await button('Pause').click()
  await button('Go to end').click()
  await region('Map')
    .getByRole('button', { name: /^Bob's laptop/ })
    .click()
  await button('Stop it').click()
  await page.keyboard.press('Escape')
  await page.getByRole('tab', { name: 'Mailboxes' }).click()
  const mailboxes = region('Mailboxes')
  await mailboxes.getByText('It is stopped.').waitFor()
  expect(await mailboxes.getByRole('button', { name: 'Look for mail now on Bob’s laptop' }).count()).toBe(0)
  expect(await mailboxes.getByRole('button', { name: 'Look for mail now on Bob’s phone' }).count()).toBe(1)
  await mailboxes
    .getByRole('table', { name: /Bob’s laptop/ })
    .getByRole('button')
    .first()
    .click()
  await mailboxes.getByText('It is stopped.').waitFor()
  expect(await mailboxes.getByRole('button', { name: 'Delete' }).count()).toBe(0)
  await mailboxes.getByRole('button', { name: 'Start it' }).click()
  await mailboxes.getByRole('button', { name: 'Delete' }).waitFor()
})

it('a call without an answer is shown, and one press leads to the next try', async () => {
  await go('#/lab')
  await region('Map')
    .getByRole('button', { name: /^Bob's exchanger/ })
    .click()
  await button('Open its room').click()
  await region('Machine').getByRole('button', { name: 'Stop this host' }).click()
  await button('Write a letter').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'To' }).fill('bob@bird.example')
  await dialog.getByRole('button', { name: 'Send the letter' }).click()
  await button('Pause').click()
  await button('Go to end').click({ force: true })
  const spoken = region('Time').locator('[aria-live]')
  await expect.poll(() => spoken.textContent()).toMatch(/will try again in 30 min/)
  const clock = page.getByRole('timer')
  const before = await clock.textContent()
  expect(await page.getByText('The run rests here, and a letter is still on its way.').count()).toBe(1)
  const told = await statusMessages()
  await page.getByRole('group', { name: 'What next?' }).getByRole('button', { name: 'Next try' }).press('Enter')
  await expect.poll(() => clock.textContent()).not.toBe(before)
  await expect.poll(() => button('Pause').count()).toBe(1)
  expect(await button('Pause').evaluate((element) => element === document.activeElement)).toBe(true)
  // A leap tells its beginning and its end; the numbers between are a progress bar.
  expect((await told()).filter((text) => /^(?:Running|Arrived)/.test(text))).toEqual([
    'Running on.',
    expect.stringMatching(/^Arrived at 3[01]:/),
  ])
  expect(await clock.textContent()).toMatch(/^3[01]:/)
  await button('Pause').click()
  await button('Go to end').click({ force: true })
  for (let n = 0; n < 30; n++) {
    if (/no answer/.test((await region('Map').locator('.caption').textContent()) ?? '')) break
    await button('Step back').click()
  }
  expect(await region('Map').locator('.caption').textContent()).toMatch(/Called 6 times: no answer\./)
  expect(await region('Map').locator('.traveller .mark[data-outcome="later"]').count()).toBe(1)
})
