import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { button, context, DESK, go, onAPage, open, page, served } from './support/openPage'

/** The browser's storage, in several windows and without any; and the memory that the page releases. */

onAPage()

const sendFrom = async (which: Page, subject: string): Promise<void> => {
  await which.getByRole('button', { name: 'Write a letter' }).click()
  const dialog = which.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Subject' }).fill(subject)
  await dialog.getByRole('button', { name: 'Send the letter' }).click()
  await which.getByRole('button', { name: 'Pause' }).click()
  await which.getByRole('button', { name: 'Go to end' }).click()
}
const holds = async (which: Page, subject: string): Promise<void> => {
  await which.getByRole('tab', { name: 'Mailboxes' }).click()
  await which.getByRole('region', { name: 'Mailboxes' }).getByText(subject).first().waitFor()
}

describe('the same world in two windows', () => {
  it('is not overwritten silently: each keeps its own until one is chosen', async () => {
    await go('#/lab')
    await button('Write a letter').waitFor()
    const other = await context.newPage()
    await other.goto(`${served.url}#/lab`)
    await sendFrom(other, 'From the other window')
    const notice = page.getByRole('alert', { name: 'Your work' })
    await notice.getByText('changed in another window').waitFor()
    await sendFrom(page, 'From this window')
    await other.reload()
    await holds(other, 'From the other window')
    await page.reload()
    await holds(page, 'From this window')
    await notice.getByRole('button', { name: 'Take that one' }).click()
    await holds(page, 'From the other window')
    expect(await notice.count()).toBe(0)
  })

  it('keeps the answers of the quiz that were given in both', async () => {
    await go('#/quiz')
    const other = await context.newPage()
    await other.goto(`${served.url}#/quiz`)
    const answer = (which: Page, row: number) =>
      which
        .getByRole('row')
        .filter({ has: which.locator('input[type=radio]') })
        .nth(row)
        .locator('input')
        .first()
        .check({ force: true })
    const kept = () =>
      page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const opening = indexedDB.open('keyval-store')
            opening.onsuccess = () => {
              const reading = opening.result.transaction('keyval').objectStore('keyval').get('progress')
              reading.onsuccess = () => resolve(Object.keys(reading.result?.quiz ?? {}).length)
            }
          }),
      )
    await answer(page, 0)
    await expect.poll(kept).toBe(1)
    await answer(other, 1)
    await expect.poll(kept).toBe(2)
    await answer(page, 2)
    await expect.poll(kept).toBe(3)
  })
})

describe('a database that never answers', () => {
  it('leaves no page blank: each works without it and says so', async () => {
    await page.addInitScript(() => {
      indexedDB.open = () =>
        Object.create(IDBOpenDBRequest.prototype, {
          onsuccess: { writable: true },
          onerror: { writable: true },
          onupgradeneeded: { writable: true },
          onblocked: { writable: true },
        }) as IDBOpenDBRequest
    })
    for (const place of ['#/lab', '#/learn', '#/quiz']) {
      await go(place)
      await page.reload()
      await expect.poll(() => page.locator('main').textContent(), { timeout: 15_000 }).not.toBe('')
      await page.getByText('storage does not answer').first().waitFor()
    }
  })
})

describe('the code editor', () => {
  it('is not kept in memory by the page when it is left', async () => {
    await open(DESK)
    await go('#/lab')
    await page.getByRole('button', { name: 'Connect' }).first().click()
    await page.locator('.monaco-editor').first().waitFor()
    const devtools = await context.newCDPSession(page)
    const editors = async (): Promise<number> => {
      await devtools.send('HeapProfiler.collectGarbage')
      const { result } = await devtools.send('Runtime.evaluate', { expression: 'HTMLDivElement.prototype' })
      const { objects } = await devtools.send('Runtime.queryObjects', { prototypeObjectId: result.objectId ?? '' })
      const { result: count } = await devtools.send('Runtime.callFunctionOn', {
        objectId: objects.objectId ?? '',
        functionDeclaration:
          'function () { return this.filter((each) => each.classList.contains("monaco-editor")).length }',
        returnByValue: true,
      })
      await devtools.send('Runtime.releaseObject', { objectId: objects.objectId ?? '' })
      return count.value as number
    }
    for (let time = 0; time < 5; time++) {
      await page.evaluate(() => location.assign('#/learn'))
      await page.locator('.monaco-editor').first().waitFor({ state: 'detached' })
      await page.evaluate(() => location.assign('#/lab'))
      await page.locator('.monaco-editor').first().waitFor()
    }
    await page.evaluate(() => location.assign('#/learn'))
    await page.locator('.monaco-editor').first().waitFor({ state: 'detached' })
    // The last one may still be referenced by garbage that is not collected yet.
    expect(await editors()).toBeLessThanOrEqual(2)
  })
})
