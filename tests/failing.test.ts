import { expect, it } from 'vitest'
import { button, go, onAPage, page, region } from './support/openPage'

/** A message that cannot be handed on, as a learner meets it at the step by line. */

onAPage()

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
  await page.getByRole('group', { name: 'What next?' }).getByRole('button', { name: 'Next try' }).click()
  await expect.poll(() => clock.textContent()).not.toBe(before)
  await expect.poll(() => button('Pause').count()).toBe(1)
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
