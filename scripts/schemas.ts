import { mkdirSync, writeFileSync } from 'node:fs'
import { authorSchemas, courseWorlds } from '../src/adapters/node/authorSchemas'

/** Writes the schemas with which an editor completes the fields and names of an author's files. */

mkdirSync('lessons/schemas', { recursive: true })
for (const [file, text] of Object.entries(authorSchemas(courseWorlds()))) writeFileSync(`lessons/schemas/${file}`, text)
