import type { ImapClientInput, ImapClientQuestion, ImapIntent } from '../../protocols/imap'
import { nonceOf } from '../../sasl'
import type { ImapAccount, Kept, MailAccount, ProgramTurn, Retrieval } from './state'

const stateOf = ({ state }: ProgramTurn, address: string): ImapAccount => state.imap?.[address] ?? { wishes: [] }

function changeAccount(turn: ProgramTurn, address: string, change: Partial<ImapAccount>): void {
  turn.change({ imap: { ...turn.state.imap, [address]: { ...stateOf(turn, address), ...change } } })
}

/** The input of the session: the known messages, and the pending changes. */
export function imapInput(
  turn: ProgramTurn,
  { address, user, password }: MailAccount,
  { idle = false, mechanisms }: Retrieval,
  tls: NonNullable<Retrieval['tls']>,
): ImapClientInput {
  const { state, host, env } = turn
  const mine = state.kept.filter((kept) => kept.account === address && kept.by === 'IMAP')
  const { uidValidity = mine.at(-1)?.uidValidity, modSeq, wishes } = stateOf(turn, address)
  return {
    user,
    password,
    mailbox: 'INBOX',
    known: {
      ...(uidValidity === undefined ? {} : { uidValidity }),
      ...(modSeq === undefined ? {} : { modSeq }),
      uids: mine.map((kept) => Number(kept.uid)),
    },
    idle: idle && !state.config.rests,
    tls,
    ...(mechanisms && { mechanisms }),
    nonce: nonceOf(`${host.name} ${address} ${env.now} ${env.chance}`),
    wishes,
  }
}

/** Tells the session of an account to log out. */
export function leave(turn: ProgramTurn, address: string, session: string): void {
  changeAccount(turn, address, { leaving: true })
  turn.do({ type: 'want', session, intent: { type: 'leave' } })
}

export const isLeaving = (turn: ProgramTurn, address: string): boolean => stateOf(turn, address).leaving === true

/** Asks for another session once the present one, which is leaving, has ended. */
export const again = (turn: ProgramTurn, address: string): void => changeAccount(turn, address, { again: true })

/** The session of an account has ended. True if another one was asked for. */
export function left(turn: ProgramTurn, address: string): boolean {
  const { leaving, again: wanted, ...rest } = stateOf(turn, address)
  if (leaving || wanted) turn.change({ imap: { ...turn.state.imap, [address]: rest } })
  return wanted === true
}

/** The wish of each mark, and the flag that it sets or clears on the device at once. */
const MARKS = {
  seen: { wish: 'markSeen', flag: '\\Seen', sets: true },
  unseen: { wish: 'markUnseen', flag: '\\Seen', sets: false },
  flagged: { wish: 'markFlagged', flag: '\\Flagged', sets: true },
  unflagged: { wish: 'markUnflagged', flag: '\\Flagged', sets: false },
  removed: { wish: 'remove', flag: '\\Deleted', sets: true },
} as const

/**
 * Sets or clears a flag for the user. The change shows on this device at once; the server is told now or on the next
 * connection. It stays pending until the server has confirmed it, since an open connection may be dead.
 */
export function markMessage(
  turn: ProgramTurn,
  address: string,
  uid: number,
  as: keyof typeof MARKS,
  session: string | undefined,
): void {
  const { wish, flag, sets } = MARKS[as]
  turn.change({
    kept: turn.state.kept.map((kept) => {
      if (!isMessage(kept, address, uid) || kept.flags.includes(flag) === sets) return kept
      return { ...kept, flags: sets ? [...kept.flags, flag] : kept.flags.filter((each) => each !== flag) }
    }),
  })
  wishFor(turn, address, { type: wish, uid }, session)
}

/** Moves a message into another mailbox for the user. It leaves this device once the server says that it is gone. */
export function fileMessage(
  turn: ProgramTurn,
  address: string,
  uid: number,
  mailbox: string,
  session: string | undefined,
): void {
  wishFor(turn, address, { type: 'move', uid, mailbox }, session)
}

function wishFor(turn: ProgramTurn, address: string, wish: ImapIntent, session: string | undefined): void {
  changeAccount(turn, address, { wishes: [...stateOf(turn, address).wishes, wish] })
  if (session !== undefined) turn.do({ type: 'want', session, intent: wish })
}

const isMessage = (kept: Kept, address: string, uid: number): boolean =>
  kept.account === address && kept.by === 'IMAP' && kept.uid === String(uid)

function forgetWishes(turn: ProgramTurn, address: string): void {
  const { uidValidity: _, modSeq: __, ...rest } = stateOf(turn, address)
  turn.change({ imap: { ...turn.state.imap, [address]: { ...rest, wishes: [] } } })
}

/** Stores how far the device is synchronized now, and the confirmed changes. */
export function noteImap(turn: ProgramTurn, address: string, question: ImapClientQuestion): void {
  if (question.type === 'mailboxOpened') {
    const { uidValidity, modSeq } = question
    // Under another UIDVALIDITY, mod-sequences and pending changes are meaningless.
    if (stateOf(turn, address).uidValidity !== uidValidity && stateOf(turn, address).uidValidity !== undefined)
      forgetWishes(turn, address)
    if (modSeq !== undefined) changeAccount(turn, address, { uidValidity, modSeq })
  } else if (question.type === 'mailboxNews' && question.uidValidity !== undefined && question.modSeq !== undefined) {
    changeAccount(turn, address, { uidValidity: question.uidValidity, modSeq: question.modSeq })
  } else if (question.type === 'wishDone') {
    const { wishes } = stateOf(turn, address)
    const done = JSON.stringify(question.wish)
    const at = wishes.findIndex((wish) => JSON.stringify(wish) === done)
    if (at !== -1) changeAccount(turn, address, { wishes: wishes.filter((_, n) => n !== at) })
  }
}
