import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { authorSchemas, courseWorlds } from '../src/adapters/node/authorSchemas'
import { authorSnippets } from '../src/adapters/node/authorSnippets'
import { factTable } from '../src/adapters/node/lessons'
import { DEEDS } from '../src/learning/deedSchema'
import { directiveSchemas } from '../src/learning/schema'

const schemas = authorSchemas(courseWorlds())

describe('the schemas for editors', () => {
  it.each(Object.entries(schemas))(
    'lessons/schemas/%s is as the schema in the code: else run npm run schemas',
    (file, text) => {
      expect(readFileSync(`lessons/schemas/${file}`, 'utf8')).toBe(text)
    },
  )

  it('name the fields with what they mean, and the machines, people and worlds that there are', () => {
    const quiz = schemas['quiz.json'] ?? ''
    expect(quiz).toContain('"description": "Text that the line contains, in any letter case."')
    expect(quiz).toContain('"mx.bird.example"')
    expect(quiz).toContain('"bob@bird.example"')
    expect(quiz).toContain('"two-towns"')
  })
})

describe('the snippets for the text of a lesson', () => {
  const text = authorSnippets(courseWorlds(), factTable('lessons/facts.yaml'))
  const snippets = Object.values(
    JSON.parse(text) as Record<string, { scope: string; prefix: string; body: string[]; description: string }>,
  )
  const bodyOf = (prefix: string): string => snippets.find((each) => each.prefix === prefix)?.body.join('\n') ?? ''

  it('are as the schemas, the worlds and the facts: else run npm run schemas', () => {
    expect(readFileSync('.vscode/ehlo.code-snippets', 'utf8')).toBe(text)
  })

  it('have every directive and every deed, in the files where they are written', () => {
    const inLessons = snippets.filter(({ scope }) => scope.includes('markdown')).map(({ prefix }) => prefix)
    for (const name of [...Object.keys(directiveSchemas), ...DEEDS.map((deed) => `deed ${deed}`)])
      expect(inLessons).toContain(name)
  })

  it('offer the machines, mailboxes, doors, worlds and options that there are, and what an id says', () => {
    expect(bodyOf('machine')).toMatch(/^\$\{1\|alice-laptop,.*mx\.bird\.example.*\|\}$/)
    expect(bodyOf('mailbox')).toContain('bob@bird.example')
    expect(bodyOf('door')).toContain('587')
    expect(bodyOf('world')).toContain('two-towns')
    expect(bodyOf('option')).toContain('greylisting')
    expect(bodyOf('deed powerOff')).toMatch(/^- \{ at: \$\{1:1000\}, type: powerOff, host: \$\{2\|.*\|\} \}$/)
    expect(bodyOf('event delivers')).toContain('{ delivers: ${1|')
    expect(snippets.find(({ prefix }) => prefix === 'fact S4')?.description).toMatch(/^An SMTP server connects/)
    expect(bodyOf('misconception M41')).toBe('M41')
  })
})
