import { isDomain } from '../../mail/address'
import { isIpv4 } from '../../protocols/dns'
import type { InterventionBody, RetrievalSettings, SubmissionSettings } from '../../world/intervention'
import type { RefusedChange } from '../../world/reason'
import { again, isLeaving, leave } from './imapAccount'
import { type SubmissionWish, tryWaiting } from './outbox'
import { look, retrievalOf, timerOf } from './retrieval'
import type { MailAccount, MailProgramConfig, ProgramTurn, Retrieval } from './state'

/** The settings of a mail program's accounts, which its user can change. */

export type AccountChange = Extract<InterventionBody, { readonly type: 'accountChanged' }>

/** Seconds from a start to the first check of a program that checks by itself, if its user has not said. */
const FIRST_CHECK = 1

/** The configuration with one account changed, or why it stays. */
export function changeAccount(
  config: MailProgramConfig,
  { account: address, submission, retrieval }: AccountChange,
): { readonly changed: MailProgramConfig } | { readonly refused: RefusedChange } {
  const account = config.accounts.find((each) => each.address === address)
  if (!account) return { refused: { id: 'noSuchAccount', address } }
  for (const part of [submission, retrieval]) {
    const refused = part === undefined || part === 'none' ? undefined : wrongIn(part)
    if (refused) return { refused }
  }
  const { submission: sends, retrieval: collects, ...rest } = account
  const changed: MailAccount = {
    ...rest,
    ...(submission === undefined ? sends && { submission: sends } : submission !== 'none' && { submission }),
    ...(retrieval === undefined
      ? collects && { retrieval: collects }
      : retrieval !== 'none' && { retrieval: withHabits(retrieval, collects) }),
  }
  return { changed: { ...config, accounts: config.accounts.map((each) => (each === account ? changed : each)) } }
}

function wrongIn(settings: SubmissionSettings & Partial<RetrievalSettings>): RefusedChange | undefined {
  const { host, port, every, first } = settings
  if (!isDomain(host) && !isIpv4(host)) return { id: 'notAHost', given: host }
  if (!Number.isSafeInteger(port) || port < 1 || port > 65_535) return { id: 'notAPort', given: String(port) }
  if (every !== undefined && !(Number.isSafeInteger(every) && every >= 1))
    return { id: 'notWhole', policy: 'every', least: 1, given: every }
  if (first !== undefined && !(Number.isSafeInteger(first) && first >= 0))
    return { id: 'notWhole', policy: 'first', least: 0, given: first }
  return undefined
}

/** The habits of the program itself stay: its login mechanisms, and looking for answers. */
function withHabits(given: RetrievalSettings, before: Retrieval | undefined): Retrieval {
  const { mechanisms, afterSending } = before ?? {}
  const first = given.first ?? (checksByItself(given) ? FIRST_CHECK : undefined)
  return {
    ...given,
    ...(first !== undefined && { first }),
    ...(mechanisms && { mechanisms }),
    ...(afterSending !== undefined && { afterSending }),
  }
}

const checksByItself = ({ every, idle }: RetrievalSettings): boolean => every !== undefined || idle === true

/**
 * Changes an account. A message that waits is tried again with the new settings, and a program that checks by itself checks. A
 * session under way goes on, but one that would wait for news for ever logs out.
 */
export function accountChanged(turn: ProgramTurn, change: AccountChange): readonly SubmissionWish[] {
  const result = changeAccount(turn.state.config, change)
  if ('refused' in result) {
    turn.note({ type: 'changeRefused', host: turn.host.name, reason: result.refused })
    return []
  }
  const { account: address, submission, retrieval } = change
  const byImap = turn.state.config.accounts.some(
    (account) => account.address === address && account.retrieval?.protocol === 'IMAP',
  )
  turn.change({ config: result.changed })
  if (retrieval !== undefined) {
    turn.do({ type: 'stopTimer', timer: timerOf(address) })
    const running = retrievalOf(turn, address)
    if (byImap && running !== undefined && !isLeaving(turn, address)) leave(turn, address, running)
    if (retrieval !== 'none' && checksByItself(retrieval) && !turn.state.config.rests) {
      if (running === undefined) look(turn, address)
      else again(turn, address)
    }
  }
  return submission === undefined || submission === 'none' ? [] : tryWaiting(turn, address)
}
