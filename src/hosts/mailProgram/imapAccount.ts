import type { ImapClientInput, ImapClientQuestion, ImapIntent } from '../../protocols/imap'
import { nonceOf } from '../../sasl'
import type { Turn } from '../turn'
import type { Kept, MailAccount, MailProgramState, Retrieval } from './mailProgram'

/**
 * What a mail program keeps of an account that it reads by IMAP, beside the letters themselves: how far it is in step, and
 * what its person did while there was no connection (RFC 4549). It is on disk, and so outlives a start.
 */
export interface ImapAccount {
  readonly uidValidity?: number
  /** Every change up to this mod-sequence is known here (RFC 7162). */
  readonly modSeq?: number
  readonly wishes: readonly ImapIntent[]
}

type ProgramTurn = Turn<MailProgramState>

const stateOf = ({ state }: ProgramTurn, address: string): ImapAccount => state.imap?.[address] ?? { wishes: [] }

function changeAccount(turn: ProgramTurn, address: string, change: Partial<ImapAccount>): void {
  turn.change({ imap: { ...turn.state.imap, [address]: { ...stateOf(turn, address), ...change } } })
}

/** What the session is given: what is here already, and what is still to be done. */
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
    idle,
    tls,
    ...(mechanisms && { mechanisms }),
    nonce: nonceOf(`${host.name} ${address} ${env.now} ${env.chance}`),
    wishes,
  }
}

const MARKS = { seen: 'markSeen', flagged: 'markFlagged', removed: 'remove' } as const
const FLAGS = { seen: '\\Seen', flagged: '\\Flagged', removed: '\\Deleted' } as const

/**
 * A person marks a letter. The mark is seen on this device at once, and told to the server now or the next time that
 * there is a connection. It is remembered until the server has taken it: a connection that seems to be there may be dead.
 */
export function markLetter(
  turn: ProgramTurn,
  address: string,
  uid: number,
  as: keyof typeof MARKS,
  session: string | undefined,
): void {
  const wish: ImapIntent = { type: MARKS[as], uid }
  changeAccount(turn, address, { wishes: [...stateOf(turn, address).wishes, wish] })
  turn.change({
    kept: turn.state.kept.map((kept) =>
      isLetter(kept, address, uid) && !kept.flags.includes(FLAGS[as])
        ? { ...kept, flags: [...kept.flags, FLAGS[as]] }
        : kept,
    ),
  })
  if (session !== undefined) turn.do({ type: 'want', session, intent: wish })
}

const isLetter = (kept: Kept, address: string, uid: number): boolean =>
  kept.account === address && kept.by === 'IMAP' && kept.uid === String(uid)

/** Takes in how far the device is in step now, and what has been done for its person. */
export function noteImap(turn: ProgramTurn, address: string, question: ImapClientQuestion): void {
  if (question.type === 'mailboxOpened') {
    const { uidValidity, modSeq } = question
    // Under another UIDVALIDITY neither mod-sequences nor wishes mean anything.
    if (stateOf(turn, address).uidValidity !== uidValidity && stateOf(turn, address).uidValidity !== undefined)
      turn.change({ imap: { ...turn.state.imap, [address]: { wishes: [] } } })
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
