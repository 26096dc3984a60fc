import { describe, expect, it } from 'vitest'
import { begunExam } from './exams'
import { mergedProgress, NO_PROGRESS, readProgress, readProgressFile, solvedTask } from './progress'
import { begunTicket, mendedTicket, ticketProgress, tookTicketHint } from './tickets'

describe('the tickets of a learner', () => {
  it('are begun once and mended once, with the hints that were taken, and survive a file', () => {
    let progress = begunTicket(begunTicket(NO_PROGRESS, 'in-use', 5), 'in-use', 9)
    expect(ticketProgress(progress, 'in-use')).toEqual({ at: 5, hints: [] })
    // A hint includes those before it.
    progress = tookTicketHint(progress, 'in-use', 'pointer', 10)
    progress = mendedTicket(progress, 'in-use', 20)
    expect(mendedTicket(progress, 'in-use', 30)).toBe(progress)
    expect(ticketProgress(progress, 'in-use')).toEqual({ at: 5, hints: ['nudge', 'pointer'], mended: 20 })
    expect(ticketProgress(progress, 'moved-house')).toBeUndefined()
    expect(readProgressFile(JSON.stringify(progress))).toEqual({ progress })
  })

  it('are not lost when two records are merged: the earlier times, the hints of both', () => {
    const one = tookTicketHint(begunTicket(NO_PROGRESS, 'in-use', 5), 'in-use', 'line', 6)
    const other = begunTicket(mendedTicket(begunTicket(NO_PROGRESS, 'in-use', 7), 'in-use', 8), 'moved-house', 9)
    for (const merged of [mergedProgress(one, other), mergedProgress(other, one)])
      expect(merged.tickets).toEqual({
        'in-use': { at: 5, hints: ['nudge', 'pointer', 'line'], mended: 8 },
        'moved-house': { at: 9, hints: [] },
      })
    expect(mergedProgress(NO_PROGRESS, NO_PROGRESS)).toEqual(NO_PROGRESS)
  })

  it('begin none in the progress of a page that had no tickets, which is carried over whole', () => {
    const before = begunExam(solvedTask(NO_PROGRESS, 'a/b', 'step'), 7, 1)
    const read = readProgress(JSON.parse(JSON.stringify(before)))
    expect(read).toEqual({ progress: before })
    expect(mergedProgress(before, begunTicket(NO_PROGRESS, 'in-use', 5))).toEqual({
      ...before,
      tickets: { 'in-use': { at: 5, hints: [] } },
    })
  })

  it('are refused in any other form', () => {
    for (const ticket of [
      { at: 1 },
      { at: 'now', hints: [] },
      { at: 1, hints: ['all'] },
      { at: 1, hints: [], mended: true },
    ])
      expect(readProgress({ ...NO_PROGRESS, tickets: { 'in-use': ticket } })).toMatchObject({
        refused: 'damaged',
        where: expect.stringContaining('tickets, in-use'),
      })
  })
})
