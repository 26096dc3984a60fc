import type { HostName } from '../../world/world'

/** The actions on the things of a map: each page has its own. */
export interface Deeds {
  /** Hosts can be stopped, and links changed. */
  readonly changes: boolean
  /** Opens the machine room of a host. */
  readonly room?: (host: HostName) => void
  /** Lets a person type at this host. */
  readonly sit?: (host: HostName) => void
  /** Shows the octets of a line. */
  readonly look?: (fact: number) => void
}

/** On a page that is only looked at. */
export const NO_DEEDS: Deeds = { changes: false }
