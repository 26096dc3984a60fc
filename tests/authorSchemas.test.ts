import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { authorSchemas, courseWorlds } from '../src/adapters/node/authorSchemas'

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
