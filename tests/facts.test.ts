import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { lessonFolders, loadLesson, loadQuiz } from '../src/adapters/node/lessons'
import type { Block, Lesson } from '../src/learning/lesson'
import { isTable } from '../src/learning/question'

/** Everything that the course teaches has a place to watch it, a place to do it, and a question. */

interface Table {
  readonly facts: Readonly<Record<string, string>>
  readonly finePrint: Readonly<Record<string, string>>
}
const { facts, finePrint } = parse(readFileSync('lessons/facts.yaml', 'utf8')) as Table

const folders = lessonFolders('lessons')
const lessons: readonly Lesson[] = folders.map(loadLesson)
const questions = [...folders.map((folder) => `${folder}/quiz.yaml`), 'lessons/quiz/quiz.yaml'].flatMap(
  (file) => loadQuiz(file).questions,
)
const asked = new Set(questions.flatMap((question) => question.facts))

const blocksOf = (lesson: Lesson): readonly Block[] => lesson.steps.flatMap(({ blocks }) => blocks)

describe.each(Object.keys(facts))('fact %s', (id) => {
  const teaching = lessons.filter(({ covers }) => covers.includes(id))
  it('can be watched: a lesson that covers it shows a moment on the map', () => {
    expect(teaching.filter(({ steps }) => steps.some(({ moment }) => moment !== undefined))).not.toEqual([])
  })
  it('can be done: such a lesson sets a task', () => {
    expect(teaching.filter(({ steps }) => steps.some(({ task }) => task !== undefined))).not.toEqual([])
  })
  it('is asked', () => expect(asked).toContain(id))
})

describe.each(Object.keys(finePrint))('fine print %s', (id) => {
  const telling = lessons.filter((lesson) =>
    blocksOf(lesson).some((block) => block.kind === 'finePrint' && block.id === id),
  )
  it('stands in a lesson, which says so', () => {
    expect(telling.filter((lesson) => lesson.finePrint.includes(id))).not.toEqual([])
  })
  it('stands where there is something to try', () => {
    const isTried = ({ steps }: Lesson): boolean =>
      steps.some(({ task, blocks }) => task !== undefined || blocks.some(({ kind }) => kind === 'try'))
    expect(telling.filter(isTried)).not.toEqual([])
  })
  it('is asked', () => expect(asked).toContain(id))
})

it('a fine print without an id of its own is about a fact that its lesson teaches', () => {
  const astray = lessons.flatMap((lesson) =>
    blocksOf(lesson).flatMap((block) =>
      block.kind !== 'finePrint' || [...lesson.finePrint, ...lesson.covers].includes(block.id)
        ? []
        : [`${lesson.id}: ${block.id}`],
    ),
  )
  expect(astray).toEqual([])
})

it('no lesson and no question names a fact that is not in the table', () => {
  const named = [...asked, ...lessons.flatMap((lesson) => [...lesson.covers, ...lesson.finePrint])]
  expect(named.filter((id) => !(id in facts) && !(id in finePrint))).toEqual([])
})

it('every question, and every row of a table, has an id of its own over all files', () => {
  const ids = questions.flatMap((question) =>
    isTable(question) ? [question.id, ...question.items.map(({ id }) => id)] : [question.id],
  )
  expect(ids.filter((id, at) => ids.indexOf(id) < at)).toEqual([])
})

it("each of the article's three questions is asked in at least three forms", () => {
  for (const id of ['Q1', 'Q2', 'Q3']) {
    const kinds = new Set(questions.filter((question) => question.facts.includes(id)).map(({ kind }) => kind))
    expect([id, kinds.size >= 3]).toEqual([id, true])
  }
})
