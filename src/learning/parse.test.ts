import { describe, expect, it } from 'vitest'
import { type LessonSource, lessonId, parseLesson } from './parse'
import { LessonError } from './problem'
import { isTable } from './question'

const front = `---
title: A title
unit: A unit
summary: A sentence.
minutes: 5
covers: [A1]
run: { scenario: two-towns, deeds: [{ at: 0, type: readyLetter }] }
moments:
  sent: { says: anybody, name: MAIL }
checks:
  done: { inOrder: [{ queues: anybody }] }
---
`
const quiz = `runs:
  journey: { scenario: two-towns, deeds: [] }
questions:
  - id: one
    kind: sort
    facts: [A1]
    title: Which?
    from: A unit
    prompt: Choose.
    choices: [{ id: yes-it-is, label: yes }, { id: no-it-is-not, label: no, about: No. }]
    items:
      - id: item
        text: "\`RETR 1\` reads"
        key: yes-it-is
        because: { yes-it-is: Because. }
        proof: { yes-it-is: [{ run: journey, happens: { says: anybody } }] }
        show: { run: journey, moment: { says: anybody } }
`
const source = (markdown: string, given: Partial<LessonSource> = {}): LessonSource => ({
  folder: 'lessons/01-a/01-b',
  markdown: front + markdown,
  quiz,
  ...given,
})
const step = (inside: string): string => `::::step{#one title="One" moment="sent"}\n\n${inside}\n\n::::\n`

/** The problems in the form for an author. */
function problems(given: LessonSource): readonly string[] {
  try {
    parseLesson(given)
  } catch (error) {
    if (error instanceof LessonError) return error.message.split('\n')
    throw error
  }
  return []
}

describe('a lesson', () => {
  it('takes its name from its folder without numbers', () =>
    expect(lessonId('lessons/01-the-journey/02-who-does-what')).toBe('the-journey/who-does-what'))

  it('keeps the characters of mail as text', () => {
    const { steps } = parseLesson(source(step('At 10:30 `smtp` went to smtp:25 for <bob@bird.example> <!-- no -->')))
    expect(steps[0]?.blocks).toEqual([
      {
        kind: 'paragraph',
        inlines: ['At 10:30 ', { kind: 'wire', text: 'smtp' }, ' went to smtp:25 for <bob@bird.example> <!-- no -->'],
      },
    ])
  })

  it('keeps where to look on the way to a step apart from its text', () => {
    const [one] = parseLesson(source(step('::watch[Follow `MAIL`.]\n\nIt was said.'))).steps
    expect(one?.watch).toEqual(['Follow ', { kind: 'wire', text: 'MAIL' }, '.'])
    expect(one?.blocks).toEqual([{ kind: 'paragraph', inlines: ['It was said.'] }])
  })

  it('reads a prediction with its options', () => {
    const text = step(
      ':::predict{moment="sent" answer="250"}\n\nWhat?\n\n- `250` Yes\n\n  It does.\n\n- `550` No\n\n  It does not.\n\n:::',
    )
    expect(parseLesson(source(text)).steps[0]?.prediction).toEqual({
      kind: 'reply',
      moment: 'sent',
      field: 'means.name',
      answer: '250',
      question: ['What?'],
      options: [
        { answer: '250', label: ['Yes'], why: ['It does.'] },
        { answer: '550', label: ['No'], why: ['It does not.'] },
      ],
    })
  })

  it('lets a wrong choice of the quiz explain itself', () => {
    const [item] = parseLesson(source(step('Text.'))).quiz.questions.filter(isTable)[0]?.items ?? []
    expect(item?.because).toEqual({ 'yes-it-is': ['Because.'], 'no-it-is-not': ['No.'] })
    expect(item?.text).toEqual([{ kind: 'wire', text: 'RETR 1' }, ' reads'])
  })
})

describe('a problem names file, line, column, cause and remedy', () => {
  it.each<[string, LessonSource, RegExp]>([
    [
      'no front matter',
      { ...source(''), markdown: 'Text' },
      /^lessons\/01-a\/01-b\/lesson\.md:1:1: there is no front matter\. /,
    ],
    [
      'broken YAML',
      source(step('x'), { markdown: '---\ntitle: [\n---\n' }),
      /lesson\.md:2:8: the \[ that stands here is not closed\. Write \] where it ends\./,
    ],
    [
      'a field that is missing',
      source('', { markdown: front.replace('title: A title\n', '') + step('x') }),
      /lesson\.md:2:1: "title" is missing\. Add title: the lesson, in two to five words\./,
    ],
    [
      'a field of the wrong kind, at its own line',
      source('', { markdown: front.replace('minutes: 5', 'minutes: long') + step('x') }),
      /lesson\.md:5:1: "minutes" must be a number, and is a text\. How long it takes/,
    ],
    [
      'an event that there is not',
      source('', { markdown: front.replace('says: anybody,', 'shouts: anybody,') + step('x') }),
      /lesson\.md:9:11: there is no field "shouts" here\. /,
    ],
    ['text outside of a step', source('Lost words'), /lesson\.md:13:1: this stands outside of every step\. /],
    [
      'an unknown directive',
      source(step(':::shout\nHo\n:::')),
      /lesson\.md:15:1: there is no directive "shout"\. There are step, watch, /,
    ],
    [
      'an unknown moment',
      source(step('x').replace('"sent"', '"gone"')),
      /lesson\.md:13:35: there is no moment "gone"\. There is sent\./,
    ],
    [
      'a key that is no option',
      source(
        step(
          ':::predict{moment="sent" answer="999"}\n\nWhat?\n\n- `250` Yes\n\n  So.\n\n- `550` No\n\n  Not so.\n\n:::',
        ),
      ),
      /lesson\.md:15:34: no option is the answer "999"\. There are 250, 550\./,
    ],
    [
      'hints left out',
      source(step(':::task{check="done"}\n\nDo it.\n\n::hint[Look.]{grade="nudge"}\n\n:::')),
      /lesson\.md:15:1: a task has three hints/,
    ],
    [
      'a quiz key that is no choice',
      source(step('x'), { quiz: quiz.replace('key: yes-it-is', 'key: maybe') }),
      /quiz\.yaml:14:9: one: its key "maybe" is no choice\. /,
    ],
    [
      'a run that is not there',
      source(step('x'), { quiz: quiz.replace('show: { run: journey', 'show: { run: walk') }),
      /quiz\.yaml:17:17: there is no run "walk"\. /,
    ],
  ])('%s', (_, given, message) => {
    expect(problems(given).join('\n')).toMatch(message)
  })

  it('all problems at once', () => {
    expect(problems(source(`Lost\n\n${step('## Head')}`, { quiz: quiz.replace('title', 'titel') })).length).toBe(3)
  })
})
