import { mkdirSync, writeFileSync } from 'node:fs'
import { authorSchemas, courseWorlds } from '../src/adapters/node/authorSchemas'
import { authorSnippets } from '../src/adapters/node/authorSnippets'
import { factTable } from '../src/adapters/node/lessons'

/** Writes the schemas and snippets with which an editor completes the fields and names of an author's files. */

const worlds = courseWorlds()
mkdirSync('lessons/schemas', { recursive: true })
for (const [file, text] of Object.entries(authorSchemas(worlds))) writeFileSync(`lessons/schemas/${file}`, text)
writeFileSync('.vscode/ehlo.code-snippets', authorSnippets(worlds, factTable('lessons/facts.yaml')))
