import type { CatalogueEntry } from '../../../session/catalogue'
import { COMMANDS } from '../commands'
import type { AdmittingState } from '../commands/command'
import { capabilityEntries } from './capabilityCatalogue'
import { flagEntries } from './flagCatalogue'
import { itemEntries } from './itemCatalogue'
import { keyEntries } from './keyCatalogue'
import { responseEntries } from './responseCatalogue'

/** Every word of IMAP in this server and client. The commands come from their own table. */

const PLACES: Readonly<Record<AdmittingState, string>> = {
  notAuthenticated: 'ready.notAuthenticated',
  authenticated: 'ready.loggedIn.authenticated',
  selected: 'ready.loggedIn.selected',
}

const commandEntries: readonly CatalogueEntry[] = [
  ...COMMANDS.map(
    ({ name, syntax, rfc, example, states }): CatalogueEntry => ({
      protocol: 'IMAP',
      kind: 'command',
      name,
      syntax,
      term: `${name} command`,
      rfc,
      states: states.map((state) => PLACES[state]),
      example: `a1 ${example}`,
    }),
  ),
  {
    protocol: 'IMAP',
    kind: 'command',
    name: 'DONE',
    syntax: 'DONE',
    term: 'DONE',
    rfc: 'RFC 2177 section 3',
    states: ['idling'],
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
