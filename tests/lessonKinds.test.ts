import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectAccessibleEverywhere } from './support/accessible'
import { serveDemo } from './support/browser'
import { atStep as atStepOf, heading, lesson, pastRecall } from './support/lessonSteps'
import { button, go, live, onAPage, open, page, region } from './support/openPage'

/** A lesson with one of everything, `tests/demo`: several runs, predictions of every kind, and what stands among the prose. */

onAPage(() => open(undefined, { reducedMotion: 'reduce' }), serveDemo)

const LESSON = '#/learn/demo/every-kind'
const atStep = (title: string): Promise<void> => atStepOf('demo/every-kind', title)

describe('a prediction', () => {
  it('of what happens names no code, is chosen, weighed and sealed by keys, and opens again at the top of the next step', async () => {
    await go(LESSON)
    await pastRecall()
    await button('Run and see').waitFor()
    const options = lesson().getByRole('radiogroup', { name: 'What happens within the next ninety seconds?' })
    expect(await options.textContent()).toBe('Alice gets the letter backThe letter waits in a queue')
    await page.keyboard.press('1')
    await page.keyboard.press('c')
    await expect.poll(() => lesson().getByRole('radio', { name: 'certain' }).isChecked()).toBe(true)
    await page.keyboard.press('Enter')
    await expect
      .poll(() => lesson().textContent())
      .toContain('You said Alice gets the letter back, certain. It was The letter waits in a queue.')
    expect(await lesson().textContent()).toContain('A server that does not answer may answer later.')
    await button('Continue').press('Enter')
    await expect.poll(() => heading().textContent()).toBe('Half an hour later')
    const card = lesson().getByRole('complementary').first()
    expect(await card.textContent()).toContain('A queue keeps what it cannot hand on')
  })

  it('shows nothing of what comes until its answer is played', async () => {
    await go(LESSON)
    await pastRecall()
    await button('Run and see').waitFor()
    await page.getByRole('tab', { name: 'Ladder' }).press('Enter')
    const ladder = region('Ladder')
    await ladder.waitFor()
    const rows = (): Promise<string> => ladder.getByRole('table').innerText()
    expect(await rows()).not.toContain('mx-out to mx.bird')
    expect(await page.locator('.ticks.to-come').isVisible()).toBe(false)
    await lesson().getByRole('radio', { name: 'The letter waits' }).press('Space')
    await button('Run and see').press('Enter')
    await button('Continue').waitFor()
    // The next step asks too.
    expect(await page.locator('.track').getAttribute('data-veiled')).toBe('true')
  })

  it('of several wants all of them and no other', async () => {
    await atStep('Half an hour later')
    const box = (name: string): Locator => lesson().getByRole('checkbox', { name })
    await box('Bob has the letter').press('Space')
    await page.keyboard.press('2')
    await page.keyboard.press('2')
    await page.keyboard.press('3')
    expect(await box('Alice has it too').isChecked()).toBe(false)
    await button('Run and see').press('Enter')
    await expect
      .poll(() => lesson().textContent())
      .toContain('You said Bob has the letter; Nobody was told of the delay. So it was.')
  })

  it('of a number is typed, and the answers that one might have given are explained afterwards', async () => {
    await atStep('The same by daylight')
    const field = lesson().getByRole('textbox', { name: /How many questions/ })
    expect(await lesson().textContent()).not.toContain('One for the name')
    await field.fill('3 letters')
    expect(await field.inputValue()).toBe('3')
    await field.press('f')
    await field.press('Enter')
    await expect.poll(() => lesson().textContent()).toContain('You said 3, fairly sure. It was 2.')
    expect(await lesson().textContent()).toContain('First who takes the mail of the domain')
  })

  it('of an order is made by two buttons a row, and the focus stays with its row', async () => {
    await atStep('What comes first?')
    const rows = (): Promise<readonly string[]> =>
      lesson()
        .locator('[data-row]')
        .evaluateAll((all) => all.map((row) => row.getAttribute('data-row') ?? ''))
    const wanted = ['taken', 'asked', 'answered', 'arrived']
    expect([...(await rows())].sort()).toEqual([...wanted].sort())
    expect(await rows()).not.toEqual(wanted)
    for (const [place, id] of wanted.entries()) {
      while ((await rows()).indexOf(id) > place) {
        await lesson().locator(`[data-row="${id}"] [data-by="-1"]`).press('Enter')
        expect(await page.evaluate(() => document.activeElement?.closest('[data-row]')?.getAttribute('data-row'))).toBe(
          id,
        )
      }
    }
    expect(await rows()).toEqual(wanted)
    await button('Run and see').press('Enter')
    await expect.poll(() => lesson().textContent()).toContain('So it was.')
  })

  it('is accessible before it is sealed', async () => {
    await go(LESSON)
    await pastRecall()
    await button('Run and see').waitFor()
    await expectAccessibleEverywhere(page)
  })

  it('is accessible with its answer', async () => {
    await go(LESSON)
    await pastRecall()
    await lesson().getByRole('radio', { name: 'Alice gets the letter back' }).press('Space')
    await button('Run and see').press('Enter')
    await button('Continue').waitFor()
    await expectAccessibleEverywhere(page)
  })
})

describe('a lesson with several runs', () => {
  it('shows the run of each step, and finds the other where it was left', async () => {
    await atStep('The same by daylight')
    expect(await live().textContent()).toContain('mx-out asks resolver')
    await button('Back').press('Enter')
    await expect.poll(() => heading().textContent()).toBe('Half an hour later')
    await expect.poll(() => page.getByRole('timer').textContent()).toMatch(/^3\d:/)
    await page.reload()
    await expect.poll(() => heading().textContent()).toBe('Half an hour later')
    await expect.poll(() => heading().evaluate(() => document.activeElement?.tagName)).toBeTruthy()
  })

  it('puts the focus on the title of a step in another run', async () => {
    await atStep('Half an hour later')
    await button('Skip').press('Enter')
    await expect.poll(() => heading().textContent()).toBe('The same by daylight')
    await expect.poll(() => heading().evaluate((title) => title === document.activeElement)).toBe(true)
  })
})

describe('two runs of a lesson', () => {
  it('stand side by side at one instant, with the first difference framed and equal lines folded', async () => {
    await atStep('Two fates')
    const both = region('Two runs compared')
    await expect.poll(() => both.textContent()).toMatch(/The two runs part at [\d.]+\./)
    expect(await both.getByRole('region', { name: /^Map: / }).count()).toBe(2)
    const first = both.getByRole('row').filter({ hasText: 'first difference' })
    expect(await first.count()).toBe(1)
    const folded = both.getByRole('button', { name: /The same in both: \d+ lines/ }).first()
    const rows = await both.getByRole('row').count()
    await folded.press('Enter')
    expect(await both.getByRole('row').count()).toBeGreaterThan(rows)
    // One clock moves both maps.
    await first.getByRole('button').press('Enter')
    await expect.poll(() => both.textContent()).toContain('stopped')
    await lesson().getByRole('button', { name: 'Close the comparison' }).press('Enter')
    await expect.poll(() => both.count()).toBe(0)
    await lesson().getByRole('button', { name: 'Show them side by side' }).press('Enter')
    await both.waitFor()
  })

  it('are accessible side by side', async () => {
    await atStep('Two fates')
    await region('Two runs compared').waitFor()
    await expectAccessibleEverywhere(page)
  })

  it('leave the hosts of the step lit, and dim the others', async () => {
    await go(LESSON)
    await pastRecall()
    await button('Run and see').waitFor()
    const opacity = (host: string): Promise<string> =>
      page.locator(`.map [data-host="${host}"]`).evaluate((element) => getComputedStyle(element).opacity)
    await expect.poll(() => opacity('bob-phone')).toBe('0.32')
    expect(await opacity('mx.bird.example')).toBe('1')
  })
})

describe('the blocks of a step', () => {
  it('asks for what one remembers first, and shows a table', async () => {
    await go(LESSON)
    const recall = lesson().getByRole('region', { name: 'Do you remember?' })
    await recall.waitFor()
    // Nothing new is to be read before, and there is one thing to answer.
    expect(await lesson().textContent()).not.toContain('exchanger has lost its power')
    expect(await button('Run and see').count()).toBe(0)
    await recall.getByRole('radio', { name: 'pushes' }).press('Space')
    await expect.poll(() => recall.textContent()).toContain('It brings letters.')
    const table = lesson().getByRole('table').filter({ hasText: 'keeps the letter' })
    expect(await table.getByRole('columnheader').allTextContents()).toEqual(['machine', 'does'])
    // Each row is named by its first cell.
    const [rows, named] = [table.getByRole('row'), table.getByRole('rowheader')]
    expect(await named.count()).toBe((await rows.count()) - 1)
  })

  it('folds what it asks first for whoever goes on without it', async () => {
    await go(LESSON)
    await pastRecall()
    await button('Run and see').waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
    const recall = lesson().getByRole('group').filter({ hasText: 'Do you remember?' })
    expect(await recall.getByRole('radio').count()).toBe(0)
    await recall.locator('summary').press('Enter')
    await recall.getByRole('radio', { name: 'pushes' }).press('Space')
    await expect.poll(() => recall.textContent()).toContain('It brings letters.')
  })

  it('invites to break it, and begins anew at the moment of the step', async () => {
    await atStep('Two fates')
    await button('Go to start').press('Enter')
    await lesson().getByRole('button', { name: 'Begin anew' }).press('Enter')
    await expect.poll(() => live().textContent()).toContain('The letter waits in the queue of mx-out.')
    await lesson().getByRole('status').filter({ hasText: 'The world is as it was when this step began.' }).waitFor()
  })

  it('has questions at the end, and the way out is not what to press first while they are open', async () => {
    await atStep('Looking back')
    const out = lesson().getByRole('link', { name: 'To the course' })
    expect(await out.getAttribute('class')).not.toContain('button')
    await lesson().getByRole('radio', { name: 'pulls' }).press('Space')
    await expect.poll(() => out.getAttribute('class')).toContain('button')
  })
})

describe('a broken lesson', () => {
  it('says what is wrong, where, and what to do, and the rest of the course works', async () => {
    await go('#/learn/demo/broken')
    const trouble = page.getByRole('alert')
    await expect.poll(() => trouble.textContent()).toContain('tests/demo/01-demo/02-broken/lesson.md:13:39')
    expect(await trouble.textContent()).toContain('There is no moment "nowhere".')
    expect(await trouble.textContent()).toContain('Write moments: into the front matter.')
    await trouble.getByRole('link', { name: 'See the course' }).press('Enter')
    await page
      .getByRole('link', { name: /One letter, three steps/ })
      .first()
      .waitFor()
  })
})
