import { OPTIONS } from '../../hosts/mailServer/options'
import { DEEDS, deedSchema } from '../../learning/deedSchema'
import { VERBS } from '../../learning/patternSchema'
import { type DirectiveName, directiveSchemas, type FactTable } from '../../learning/schema'
import { branchesOf, meaningOf, requiredFieldsOf, schemaAt, valuesOf } from '../../learning/schemaFields'
import { SERVICES } from '../../session/service'
import type { Scenario } from '../../world/scenario'
import { machinesIn, peopleIn } from './authorSchemas'

/**
 * Snippets for an author's editor: the directives of a lesson, deeds and moments, with the names that there are to choose from. VS
 * Code finds them by itself; `npm run schemas` writes them.
 */

interface Snippet {
  readonly scope: string
  readonly prefix: string
  readonly body: readonly string[]
  readonly description: string
}

const BOTH = 'markdown,yaml'

/** The bodies of the directives; «machine» is a choice of names, «text» a place to write. */
const BODIES: Readonly<Record<DirectiveName, readonly string[]>> = {
  step: ['::::step{#«id» title="«title»" moment="«moment»"}', '', '«text»', '', '::::'],
  watch: ['::watch[«where to look until the map shows it»]'],
  predict: [
    ':::predict{kind="«kind»" moment="«moment»" answer="«250»"}',
    '',
    '«question»',
    '',
    '- `«250»` «label»',
    '',
    '  «why»',
    '',
    '- `«550»` «label»',
    '',
    '  «why»',
    '',
    ':::',
  ],
  task: [
    '::::task{check="«check»" opens="«opens»" at="«machine»" to="«machine»" port="«door»"}',
    '',
    '«the world that is wanted»',
    '',
    '::hint[«nudge»]{grade="nudge"}',
    '',
    '::hint[«pointer»]{grade="pointer"}',
    '',
    '::hint[«line»]{grade="line"}',
    '',
    '::mistake[«the cause and the next move»]{when="«check»"}',
    '',
    '::praise[«text»]',
    '',
    '::::',
  ],
  goal: ['::goal[«text»]{check="«check»"}'],
  hint: ['::hint[«text»]{grade="«grade»"}'],
  mistake: ['::mistake[«the cause and the next move»]{when="«check»"}'],
  praise: ['::praise[«text»]'],
  dialogue: [':::dialogue{help="«help»"}', '```', '«EHLO laptop»', '____ = «the line»', '```', ':::'],
  'fine-print': [':::fine-print{id="«fine print»" rfc="RFC «5321», section «3»"}', '', '«text»', '', ':::'],
  term: ['::term[«text»]{rfc="RFC «5321», section «3»"}'],
  gloss: ['::gloss["«text»"]'],
  envelope: ['::envelope'],
  recall: ['::recall{item="«id of a question»"}'],
  try: [':::try', '', '«an invitation to break it»', '', ':::'],
  exam: ['::exam'],
  curve: ['::curve'],
  compare: ['::compare{left="«run»" right="«run»" moment="«moment»" names="«on» | «off»"}'],
}

/** The file of snippets, as VS Code reads it. */
export function authorSnippets(scenarios: ReadonlyMap<string, Scenario>, table: FactTable): string {
  const choices: Readonly<Record<string, readonly string[]>> = {
    machine: machinesIn(scenarios),
    host: machinesIn(scenarios),
    account: peopleIn(scenarios),
    address: peopleIn(scenarios),
    'fine print': Object.keys(table.finePrint),
    door: doors(),
    port: doors(),
    option: Object.keys(OPTIONS),
    scenario: [...scenarios.keys()].sort(),
    kind: attributeValues('predict', 'kind'),
    opens: attributeValues('task', 'opens'),
    grade: attributeValues('hint', 'grade'),
    help: attributeValues('dialogue', 'help'),
  }
  const snippets: Record<string, Snippet> = {}
  for (const [name, body] of Object.entries(BODIES))
    snippets[`directive ${name}`] = {
      scope: 'markdown',
      prefix: name,
      body: filled(body, choices),
      description: `A lesson's ${name}`,
    }
  for (const deed of DEEDS)
    snippets[`deed ${deed}`] = {
      scope: BOTH,
      prefix: `deed ${deed}`,
      body: filled([deedText(deed)], choices),
      description: `Something done in a run: ${deed}`,
    }
  for (const [verb, { means }] of Object.entries(VERBS))
    snippets[`event ${verb}`] = {
      scope: BOTH,
      prefix: `event ${verb}`,
      body: filled([`{ ${verb}: «machine» }`], choices),
      description: `A machine that ${means}`,
    }
  const single = { machine: choices['machine'], mailbox: choices['account'], door: doors(), world: choices['scenario'] }
  for (const [name, all = []] of Object.entries({ ...single, option: choices['option'] }))
    snippets[name] = {
      scope: BOTH,
      prefix: name,
      body: filled(['«it»'], { it: all }),
      description: `One of the names that there are: ${name}`,
    }
  const said: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['fact', table.facts],
    ['fine-print-id', table.finePrint],
    ['misconception', table.misconceptions],
  ]
  for (const [kind, sentences] of said)
    for (const [id, sentence] of Object.entries(sentences))
      snippets[`${kind} ${id}`] = { scope: BOTH, prefix: `${kind} ${id}`, body: [id], description: sentence }
  return `${JSON.stringify(snippets, null, 1)}\n`
}

const doors = (): readonly string[] => Object.values(SERVICES).map(({ port }) => String(port))

const attributeValues = (directive: DirectiveName, attribute: string): readonly string[] =>
  valuesOf(schemaAt(directiveSchemas[directive], {}, [attribute]))

/** `- { at: 1000, type: powerOff, host: … }`, with the fields that it must have. */
function deedText(deed: string): string {
  const schema = branchesOf(deedSchema).find((each) => valuesOf(schemaAt(each, {}, ['type'])).includes(deed))
  const fields = requiredFieldsOf(schema).filter((field) => field !== 'at' && field !== 'type')
  const values = fields.map((field) => {
    const values = valuesOf(schemaAt(schema ?? deedSchema, {}, [field]))
    if (values.length > 0) return `${field}: «${values.join('|')}»`
    if (LISTS.includes(field)) return field === 'between' ? 'between: [«machine», «machine»]' : `${field}: [«text»]`
    const example = /: ([\w.@-]+[\w])[.,]/.exec(meaningOf(schemaAt(schema ?? deedSchema, {}, [field])) ?? '')?.[1]
    return `${field}: «${field === 'to' && deed !== 'letter' ? 'machine' : field === 'to' ? 'account' : CHOSEN.includes(field) ? field : (example ?? field)}»`
  })
  if (deed === 'talk') values.push('lines: [«EHLO laptop»]')
  return `- { at: «1000», type: ${[deed, ...values].join(', ')} }`
}

/** Fields that take a list, and those whose names are offered. */
const LISTS: readonly string[] = ['lines', 'records', 'recipients', 'between']
const CHOSEN: readonly string[] = ['host', 'account', 'address', 'port', 'option']

/** «machine» becomes a numbered place with the names to choose from, or with the words as a default. */
function filled(body: readonly string[], choices: Readonly<Record<string, readonly string[]>>): readonly string[] {
  let nth = 0
  return body.map((line) =>
    line.replaceAll('$', String.raw`\$`).replace(/«([^»]+)»/g, (_, name: string) => {
      nth++
      const all = choices[name] ?? (name.includes('|') ? name.split('|') : undefined)
      return all ? `\${${nth}|${all.map(escaped).join(',')}|}` : `\${${nth}:${name}}`
    }),
  )
}

const escaped = (name: string): string => name.replace(/[\\,|]/g, String.raw`\$&`)
