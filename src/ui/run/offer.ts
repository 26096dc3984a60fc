import type { Lying } from '../../view/stage/headline'
import type { ConnectionId, HostName } from '../../world/world'
import { createStore, type Store } from '../keeping/createStore'

/** Lets other panels put a command into the dialogue editor that is shown, for the dialogue on a connection. */
type Taker = (text: string, connection: ConnectionId) => void

const shown = createStore<Taker | undefined>(undefined)

export function takeOffers(take: Taker): () => void {
  shown.set(take)
  return () => {
    if (shown.get() === take) shown.set(undefined)
  }
}

export function offerCommand(text: string, connection: ConnectionId): void {
  shown.get()?.(text, connection)
}

/** A person sits down at a machine, to type to a server or to ask the DNS. */
type Sitter = (machine: HostName, asks?: 'dns') => void

let sitter: Sitter | undefined
/** The machine at which a person wants to sit down and type, until an editor is there. */
let wanted: Parameters<Sitter> | undefined

/** The editor that is shown lets a person sit down. One who wanted to before it was there sits down at once. */
export function takeSeats(take: Sitter): () => void {
  sitter = take
  if (wanted !== undefined) take(...wanted)
  wanted = undefined
  return () => {
    if (sitter === take) sitter = undefined
  }
}

export function offerSeat(...seat: Parameters<Sitter>): void {
  if (sitter) sitter(...seat)
  else wanted = seat
}

const toRead = createStore<Lying | undefined>(undefined)

/** The message that a person wants to read, until the mailboxes have opened it. */
export const reading: Store<Lying | undefined> = toRead

export const offerReading = (message: Lying): void => toRead.set(message)

export const takeReading = (): void => toRead.set(undefined)
