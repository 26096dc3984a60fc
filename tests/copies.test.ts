import { expect, it } from 'vitest'
import { expectAccessible } from './support/accessible'
import { button, onAPage, page, region, served } from './support/openPage'

/** A letter with copies: who gets it stands on the envelope, and a blind copy nowhere else. */

onAPage()

it('a blind copy travels on the envelope only, and a copy stands in the header, too', async () => {
  await page.goto(`${served.url}#/lab`)
  await button('Write a letter').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Add copies' }).click()
  const copy = dialog.getByRole('textbox', { name: 'Copy to', exact: true })
  await expect.poll(() => copy.evaluate((element) => element === document.activeElement)).toBe(true)
  await copy.fill('nobody@bird.example')
  await dialog.getByRole('textbox', { name: 'Blind copy to' }).fill('alice')
  await dialog.getByRole('button', { name: 'Send the letter' }).click()
  await dialog.getByRole('alert').filter({ hasText: 'no @' }).waitFor()
  await dialog.getByRole('textbox', { name: 'Blind copy to' }).fill('alice@paper.example')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Send the letter' }).click()
  await button('Pause').click()
  await button('Go to end').click({ force: true })
  await page.getByRole('tab', { name: 'Mailboxes' }).click()
  const boxes = region('Mailboxes')
  // Hers is the blind copy, at the server of her own domain.
  await expect.poll(() => boxes.locator('[data-message]').first().textContent()).toContain('Lunch?')
  await boxes.locator('[data-message]').first().click()
  await boxes.getByText('Back to the mailboxes').waitFor()
  await expect
    .poll(() => boxes.textContent())
    .toMatch(/INBOX on mx-out.*to bob@bird\.example.*Cc<nobody@bird\.example>/s)
  const text = await boxes.textContent()
  expect(text).not.toMatch(/Bcc/i)
})
