import { append } from './append'
import { capability } from './capability'
import { close, unselect } from './close'
import type { ImapCommand } from './command'
import { copy, move, uidCopy, uidMove } from './copy'
import { expunge, uidExpunge } from './expunge'
import { fetch, uidFetch } from './fetch'
import { id } from './id'
import { idle } from './idle'
import { list, lsub, namespace } from './list'
import { authenticate, login } from './login'
import { logout } from './logout'
import { create, remove, rename, subscribe, unsubscribe } from './mailboxes'
import { check, noop } from './noop'
import { search, uidSearch } from './search'
import { examine, select } from './select'
import { status } from './status'
import { store, uidStore } from './store'

/** Every command there is, in the order of RFC 9051 section 6. */
export const COMMANDS: readonly ImapCommand[] = [
  capability,
  noop,
  logout,
  id,
  login,
  authenticate,
  select,
  examine,
  create,
  remove,
  rename,
  subscribe,
  unsubscribe,
  list,
  lsub,
  namespace,
  status,
  append,
  idle,
  check,
  close,
  unselect,
  expunge,
  uidExpunge,
  search,
  uidSearch,
  fetch,
  uidFetch,
  store,
  uidStore,
  copy,
  uidCopy,
  move,
  uidMove,
]

const byName = new Map(COMMANDS.map((each) => [each.name, each]))

export const findCommand = (name: string): ImapCommand | undefined => byName.get(name)
