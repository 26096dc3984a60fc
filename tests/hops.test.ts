import { expect, it } from 'vitest'
import { expectAccessible } from './support/accessible'
import { button, go, onAPage, page, region, sendFromLab } from './support/openPage'

/** Why a letter went its way, and the log of a host: one choice is the same in both. */

onAPage()

it('a refused letter is explained hop by hop, and its server’s log tells the same', async () => {
  await sendFromLab('nobody@bird.example')
  await button('Go to end').click()

  await page.getByRole('tab', { name: 'Machine', exact: true }).click()
  const machine = region('Machine')
  await machine.getByRole('combobox', { name: 'Host' }).selectOption('mx-out.paper.example')
  await machine.getByRole('combobox', { name: 'Lines about' }).selectOption('3C6')
  await machine.getByRole('searchbox', { name: 'Find in the log' }).fill('status=bounced')
  const lines = machine.getByRole('list', { name: 'Lines of the log' }).getByRole('button')
  await expect.poll(() => lines.count()).toBe(1)
  await lines.click()
  await expect.poll(() => machine.textContent()).toContain('It cannot be delivered, and no later try would help')

  await button('Letter').click()
  await button('The way, and why').click()
  const way = region('The way, and why')
  const refusal = way.getByRole('button', { name: /It refuses nobody@bird\.example: the domain is its own/ })
  await refusal.waitFor()
  // The line that was chosen in the log is the decision that it tells.
  expect(await way.getByRole('button', { pressed: true, name: /It gives up for nobody@bird\.example/ }).count()).toBe(1)
  await refusal.click()
  await way.getByRole('button', { name: /^Show me at/ }).click()
  await expect.poll(() => page.getByRole('timer').textContent()).toMatch(/^00:00\.5/)
  await way.getByRole('button', { name: 'The notice’s own way' }).click()
  await expect.poll(() => way.textContent()).toContain('It wrote this letter itself')
  await expectAccessible(page)
})

it('the reason is the first answer on every side that is asked why, and leads to the way of the letter', async () => {
  await sendFromLab('nobody@bird.example')
  // The refusal is under way: 550 to RCPT.
  await go('#/lab?moment=599')
  const reason = page.getByText(
    'It refuses nobody@bird.example: the domain is its own, but nobody there has that name.',
  )
  const sides = page.getByRole('group', { name: 'Sides of this run' })

  for (const side of ['Ladder', 'Events', 'State']) {
    await sides.getByRole('button', { name: side, exact: true }).click()
    await reason.waitFor()
    await button('The way, and why').click()
    const way = region('The way, and why')
    const decision = way.getByRole('button', { pressed: true, name: /It refuses nobody@bird\.example/ })
    await decision.waitFor()
    expect(await decision.evaluate((element) => element.getBoundingClientRect().bottom < innerHeight - 60)).toBe(true)
  }

  await sides.getByRole('button', { name: 'State', exact: true }).click()
  // A plain sentence stands before the name of the condition.
  await page.getByText(/For this letter it has taken no reader so far.*hasRecipients/).waitFor()
})

it('the State side tells why of a line that was chosen elsewhere, long after it was said, and leads back to it', async () => {
  await sendFromLab('nobody@bird.example')
  await button('Go to end').click()
  const sides = page.getByRole('group', { name: 'Sides of this run' })
  await sides.getByRole('button', { name: 'Ladder', exact: true }).click()
  await region('Ladder').getByRole('searchbox').fill('550')
  await region('Ladder').locator('[data-row]', { hasText: '550 5.1.1' }).first().click()
  await sides.getByRole('button', { name: 'State', exact: true }).click()
  const chosen = region('Chosen before')
  await chosen.getByText(/^550 5\.1\.1/).waitFor()
  await chosen
    .getByText('It refuses nobody@bird.example: the domain is its own, but nobody there has that name.')
    .waitFor()
  await chosen.getByRole('button', { name: /^Go to its moment/ }).click()
  await expect.poll(() => page.getByRole('timer').textContent()).toMatch(/^00:00\.5/)
  await chosen.waitFor({ state: 'detached' })
})
