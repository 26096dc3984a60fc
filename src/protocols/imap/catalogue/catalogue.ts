import type { CatalogueEntry } from '../../../session/catalogue'
import { COMMANDS } from '../commands'
import { capabilityEntries } from './capabilityCatalogue'
import { flagEntries } from './flagCatalogue'
import { itemEntries } from './itemCatalogue'
import { keyEntries } from './keyCatalogue'
import { responseEntries } from './responseCatalogue'

/** Every word of IMAP in this server and client. The commands come from their own table. */

const commandEntries: readonly CatalogueEntry[] = [
  ...COMMANDS.map(
    ({ name, syntax, meaning, rfc, slip, example, states }): CatalogueEntry => ({
      protocol: 'IMAP',
      kind: 'command',
      name,
      syntax,
      meaning,
      term: `${name} command`,
      rfc,
      states: states.map((state) => `${state}.ready`),
      slip,
      example: `a1 ${example}`,
    }),
  ),
  {
    protocol: 'IMAP',
    kind: 'command',
    name: 'DONE',
    syntax: 'DONE',
    meaning: 'Ends IDLE. It has no tag, since it belongs to the IDLE command that is still open.',
    term: 'DONE',
    rfc: 'RFC 2177 section 3',
    states: ['authenticated.idling', 'selected.idling'],
    slip: 'DONE with a tag before it is no DONE.',
    example: 'DONE',
  },
]

export const imapCatalogue: readonly CatalogueEntry[] = [
  ...commandEntries,
  ...itemEntries,
  ...keyEntries,
  ...responseEntries,
  ...flagEntries,
  ...capabilityEntries,
]
