import { describe, expect, it } from 'vitest'
import { parseQuiz, parseRuns } from './parseQuiz'
import { LessonError } from './problem'

const head = `runs:
  journey: { scenario: two-towns, deeds: [] }
moments:
  sent: { says: anybody, word: MAIL }
questions:
`
const single = `  - id: one
    kind: single
    facts: [A1]
    text: Which?
    run: journey
    options:
      - { id: yes-it-is, text: yes, right: true, because: It is., proof: [{ happens: sent }] }
      - { id: no-it-is-not, text: no, because: It is not., proof: { none: a definition } }
`

/** The problems in the form for an author. */
function problems(questions: string): string {
  try {
    parseQuiz({ file: 'quiz.yaml', yaml: head + questions })
  } catch (error) {
    if (error instanceof LessonError) return error.message
    throw error
  }
  return ''
}

describe('a quiz', () => {
  it('gives each proof the run of its question, and a named moment its pattern', () => {
    const [question] = parseQuiz({ file: 'quiz.yaml', yaml: head + single }).questions
    expect(question).toMatchObject({
      kind: 'single',
      options: [
        { proof: [{ run: 'journey', happens: { fact: 'sent', name: 'MAIL' } }] },
        { proof: { none: 'a definition' } },
      ],
    })
  })

  it('takes a run from the shared file if it has none of that name itself', () => {
    const shared = parseRuns({
      file: 'runs.yaml',
      yaml: 'runs:\n  journey: { scenario: example-test, deeds: [] }\n  other: { scenario: example-test, deeds: [] }\n  unused: { scenario: two-towns, deeds: [] }\n',
    })
    const yaml = head + single.replace('{ happens: sent }', '{ happens: sent }, { run: other, never: sent }')
    expect(parseQuiz({ file: 'quiz.yaml', yaml, shared }).runs).toEqual({
      journey: { scenario: 'two-towns', deeds: [] },
      other: { scenario: 'example-test', deeds: [] },
    })
  })
})

describe('a question about a stored letter', () => {
  const asked = single.replace('    run: journey\n', '    run: journey\n    letter: notice.eml\n')
  const letters = { 'notice.eml': 'Subject: Returned\r\n\r\nNo.\r\n' }
  it('carries the letter with it, to be shown', () => {
    const [question] = parseQuiz({ file: 'quiz.yaml', yaml: head + asked, letters }).questions
    expect(question).toMatchObject({ letter: letters['notice.eml'] })
  })
  it('says so if the file is not there', () => {
    expect(problems(asked)).toMatch(/there is no file "notice\.eml" beside the quiz/)
  })
  it('may take its proof from the report in the letter, and nothing else may', () => {
    const proof = '[{ reports: Status, is: 5.4.1 }]'
    expect(problems(single.replace('[{ happens: sent }]', proof))).toMatch(/one: the question shows no letter/)
    const yaml = head + asked.replace('[{ happens: sent }]', proof)
    expect(parseQuiz({ file: 'quiz.yaml', yaml, letters }).questions).toHaveLength(1)
  })
})

describe('a problem of a question names file, line, column, cause and remedy', () => {
  it.each<[string, string, RegExp]>([
    [
      'a kind that does not exist',
      single.replace('single', 'guess'),
      /quiz\.yaml:7:5: "kind" cannot be "guess"\. It is one of single, multiple, /,
    ],
    [
      'a fact that is none',
      single.replace('[A1]', '[the post]'),
      /quiz\.yaml:8:13: entry 1 of "facts" cannot be "the post"\. A fact is a letter and a number\./,
    ],
    ['no fact', single.replace('[A1]', '[]'), /quiz\.yaml:8:5: /],
    [
      'two right options of one',
      single.replace('text: no,', 'text: no, right: true,'),
      /quiz\.yaml:11:5: one: 2 options are right\. /,
    ],
    [
      'an option without proof',
      single.replace(', proof: { none: a definition }', ''),
      /quiz\.yaml:13:11: one: nothing proves it\. Say/,
    ],
    [
      'a moment that is not there',
      single.replace('happens: sent', 'happens: heard'),
      /quiz\.yaml:12:\d+: there is no moment "heard"\. There is sent/,
    ],
    [
      'a run that is not there',
      single.replace('run: journey', 'run: walk'),
      /^quiz\.yaml:10:5: there is no run "walk"\. There is journey\.$/,
    ],
    ['no run at all', single.replace('    run: journey\n', ''), /quiz\.yaml:11:\d+: no run is named\. Say "run"/],
    [
      'a field that is unknown',
      single.replace('    text: Which?', '    text: Which?\n    hint: No.'),
      /quiz\.yaml:10:5: there is no field "hint" here\. Remove it, or name one of /,
    ],
    ['two questions with one id', single + single, /quiz\.yaml:14:5: there are two items "one"\. Progress/],
    [
      'blanks that are not as many as in the text',
      '  - { id: f, kind: fill, facts: [A1], text: "____ and ____", blanks: [{ accept: [x] }], because: B., proof: { none: why } }\n',
      /f: the text has 2 blanks and "blanks" 1/,
    ],
    [
      'a line and blanks at once',
      '  - { id: f, kind: fill, facts: [A1], text: "____", blanks: [{ accept: [x] }], say: { run: journey, right: [x], host: a, terminal: t }, because: B. }\n',
      /f: it says no line and has no blanks, or both/,
    ],
    [
      'a line for a run without a connection',
      '  - { id: f, kind: fill, facts: [A1], text: Say it., say: { run: journey, right: [x] }, because: B. }\n',
      /f: no person has a connection in this run/,
    ],
    [
      'a slip that is the right order',
      '  - { id: o, kind: order, facts: [A1], text: T., proof: { none: why }, because: B., items: [{ id: a, text: A }, { id: b, text: B }], slips: [{ first: a, next: b, because: B. }] }\n',
      /o: "a" does come before "b"/,
    ],
    [
      'an order that nothing shows',
      '  - { id: o, kind: order, facts: [A1], text: T., because: B., run: journey, items: [{ id: a, text: A, moment: sent }, { id: b, text: B }] }\n',
      /o: "b" has no moment/,
    ],
    [
      'a packet with nothing to fill',
      '  - { id: p, kind: packet, facts: [A1], text: T., because: B., run: journey, moment: sent, rows: [{ label: to, field: packet.to }] }\n',
      /p: no row is blank/,
    ],
    [
      'a prediction without an answer',
      '  - { id: p, kind: predict, facts: [A1], text: T., run: journey, show: { moment: sent } }\n',
      /p: it has no options and no number/,
    ],
    [
      'a list that asks for more than it has',
      '  - { id: r, kind: recall, facts: [A1], text: T., because: B., enough: 3, keys: [{ label: SMTP }], proof: { none: why } }\n',
      /r: 3 keys are asked for and 1 are there/,
    ],
  ])('%s', (_, questions, message) => {
    expect(problems(questions)).toMatch(message)
  })
})
