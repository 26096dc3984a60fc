import { append } from './append'
import { authenticate } from './authenticate'
import { capability } from './capability'
import { close, unselect } from './close'
import type { ImapCommand } from './command'
import { copy, move, uidCopy, uidMove } from './copy'
import { create } from './create'
import { enable } from './enable'
import { expunge, uidExpunge } from './expunge'
import { fetch, uidFetch } from './fetch'
import { id } from './id'
import { idle } from './idle'
import { list } from './list'
import { login } from './login'
import { logout } from './logout'
import { lsub } from './lsub'
import { remove, subscribe, unsubscribe } from './mailboxes'
import { namespace } from './namespace'
import { check, noop } from './noop'
import { getQuota, getQuotaRoot, setQuota } from './quota'
import { rename } from './rename'
import { search, uidSearch } from './search'
import { examine, select } from './select'
import { sort, uidSort } from './sort'
import { starttls } from './starttls'
import { status } from './status'
import { store, uidStore } from './store'
import { thread, uidThread } from './thread'

/** Every command, in the order of RFC 9051 section 6; an extension follows the command that it extends. */
export const COMMANDS: readonly ImapCommand[] = [
  capability,
  noop,
  logout,
  id,
  starttls,
  login,
  authenticate,
  enable,
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
  getQuota,
  getQuotaRoot,
  setQuota,
  idle,
  check,
  close,
  unselect,
  expunge,
  uidExpunge,
  search,
  uidSearch,
  sort,
  uidSort,
  thread,
  uidThread,
  fetch,
  uidFetch,
  store,
  uidStore,
  copy,
  uidCopy,
  move,
  uidMove,
]

const byName = new Map<string, ImapCommand>(COMMANDS.map((each) => [each.name, each]))

export const findCommand = (name: string): ImapCommand | undefined => byName.get(name)
