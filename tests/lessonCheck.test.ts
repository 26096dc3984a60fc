import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { playLesson } from '../src/adapters/node/lessonPlay'
import { loadLesson } from '../src/adapters/node/lessons'
import { proveFolder } from '../src/adapters/node/proof/proveFolder'
import { skeleton } from '../src/adapters/node/skeleton'
import { problemLine } from '../src/learning/problem'

let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'lesson-'))
})
afterAll(() => rmSync(root, { recursive: true }))

const made = skeleton({ unit: 'Pushing with SMTP', name: '08-my-lesson' })

/** The problems of the skeleton of a lesson after a change of one file. */
function problems(file: keyof typeof made, from: string | RegExp, to: string): readonly string[] {
  const folder = join(root, '02-part', '08-my-lesson')
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(made)) {
    const changed = name === file ? text.replace(from, to) : text
    if (name === file && from !== '') expect(changed).not.toBe(text)
    writeFileSync(join(folder, name), changed)
  }
  return proveFolder(folder).map(problemLine)
}

describe('the check of a lesson', () => {
  it('finds nothing wrong with the skeleton of a new lesson', () => {
    expect(problems('lesson.md', '', '')).toEqual([])
  })

  it('tells a misspelt machine alone, with its line, and the names that begin alike', () => {
    expect(problems('solution.yaml', 'host: alice-laptop', 'host: alice-lap')).toEqual([
      expect.stringMatching(/solution\.yaml:\d+:\d+: there is no machine "alice-lap".*There are alice-laptop/),
    ])
    expect(problems('lesson.md', 'says: mx.bird.example', 'says: mx.brid.example')).toEqual([
      expect.stringMatching(/lesson\.md:\d+:\d+: there is no machine "mx\.brid\.example".*mx\.bird\.example/),
    ])
  })

  it('is helped by a run in the words of the guide, with the moments of the lesson', () => {
    problems('lesson.md', '', '')
    const lines = [...playLesson(loadLesson(join(root, '02-part', '08-my-lesson')), 'main')]
    expect(lines).toContainEqual(expect.stringMatching(/ says mx\.bird\.example {2}250: 250 .* = answered$/))
    expect(lines).toContainEqual(expect.stringMatching(/ delivers store\.bird\.example .*user bob@bird\.example/))
    expect(lines).toContainEqual(expect.stringMatching(/ asks mx-out\.paper\.example {2}to 192\.0\.2\.53 {2}record MX/))
  })

  const broken: readonly [string, keyof typeof made, string | RegExp, string, RegExp][] = [
    [
      'a moment that no run has',
      'lesson.md',
      "says: mx.bird.example, code: '250', nth: 3",
      "says: mx.bird.example, code: '354', nth: 7",
      /lesson\.md:11:3: no run has the moment "answered"/,
    ],
    [
      'an answer that the run does not give',
      'lesson.md',
      'answer="250"',
      'answer="550"',
      /the run answers "250", and the lesson says "550"/,
    ],
    [
      'steps that go back in time',
      'lesson.md',
      'moment="ready"',
      'moment="answered"',
      /step "envelope" goes back in time/,
    ],
    [
      'a task that is solved before anything is done',
      'lesson.md',
      "{ says: mx.bird.example, code: '550' }",
      '{ says: mx.bird.example }',
      /own run solves it/,
    ],
    [
      'a way that does not solve the task',
      'solution.yaml',
      'to: nobody@bird.example',
      'to: bob@bird.example',
      /way 1 does not solve it: not reached: no-such-person; the page would say the mistake "arrived"/,
    ],
    [
      'a mistake that nothing makes',
      'solution.yaml',
      /slips:[\s\S]*$/,
      'slips: {}\n',
      /nothing makes the mistake "arrived"/,
    ],
    [
      'a slip that is not recognized',
      'solution.yaml',
      /to: bob@bird\.example, subject: Lunch/,
      'to: bob@nowhere.example, subject: Lunch',
      /solution\.yaml:\d+:5: step "your-turn": these deeds do not make the mistake "arrived"/,
    ],
    [
      'a last hint that says something else than the ways',
      'lesson.md',
      'Write to `nobody@bird.example`.',
      'Write to `someone.else@bird.example`.',
      /its last hint says someone\.else@bird\.example, and no way does that/,
    ],
    [
      'a link that leads nowhere',
      'lesson.md',
      'in two or three sentences',
      '[so](http:/x)',
      /the link http:\/x leads nowhere/,
    ],
    [
      'a machine that is not there',
      'lesson.md',
      'moment="ready"}',
      'moment="ready" focus="mx"}',
      /there is no machine "mx"/,
    ],
    [
      'an event that has no word',
      'lesson.md',
      'setsClock: anybody',
      'rings: anybody',
      /lesson\.md:9:12: there is no field "rings" here\. /,
    ],
  ]
  it.each(broken)('tells of %s', (_, file, from, to, said) => {
    const found = problems(file, from, to)
    expect(found.join('\n')).toMatch(said)
  })
})
