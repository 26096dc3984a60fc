import type { Quota } from '../../../mail/store'
import { astring, end, expected, number, parenthesized, sp, stringOf } from '../grammar/grammar'
import { type Outcome, ok, type Response, untagged } from '../grammar/responses'
import { mailboxArgument, mailboxText } from '../session/mailboxNames'
import type { StoreAnswer } from '../store/storeQuestions'
import { answered, command, LOGGED_IN } from './command'

/** RFC 9208: one quota root, whose name is empty, for all mailboxes of a user. STORAGE counts units of 1024 octets. */

const UNIT = 1024
const NO_ROOT: Outcome = { status: 'NO', code: 'NONEXISTENT', text: 'There is no such quota root' }

function quotaResponse(answer: StoreAnswer | undefined): Response {
  const { limits, used } = answered(answer, 'quotaFound')
  const resources = [
    ...(limits.storage === undefined
      ? []
      : [`STORAGE ${Math.floor((used.storage + UNIT - 1) / UNIT)} ${Math.floor(limits.storage / UNIT)}`]),
    ...(limits.messages === undefined ? [] : [`MESSAGE ${used.messages} ${limits.messages}`]),
  ]
  return untagged({ type: 'QUOTA' }, `QUOTA "" (${resources.join(' ')})`)
}

const hasLimit = ({ storage, messages }: Quota): boolean => storage !== undefined || messages !== undefined

export const getQuota = command<string>({
  name: 'GETQUOTA',
  states: LOGGED_IN,
  syntax: 'GETQUOTA root',
  rfc: 'RFC 9208 section 4.1.1',
  example: 'GETQUOTA ""',
  scan(s) {
    sp(s)
    const root = astring(s, 'the name of a quota root, here ""')
    end(s)
    return root
  },
  parsed: () => ({ type: 'GETQUOTA' }),
  question: (root) => (root === '' ? { type: 'quotaUsage' } : NO_ROOT),
  answer: (_root, _context, answer) =>
    hasLimit(answered(answer, 'quotaFound').limits)
      ? { ...ok('That is all'), untagged: [quotaResponse(answer)] }
      : { ...NO_ROOT, text: 'There is no quota: you may keep as much as you like' },
})

export const getQuotaRoot = command<string>({
  name: 'GETQUOTAROOT',
  states: LOGGED_IN,
  syntax: 'GETQUOTAROOT mailbox',
  rfc: 'RFC 9208 section 4.1.2',
  example: 'GETQUOTAROOT INBOX',
  scan(s) {
    sp(s)
    const mailbox = mailboxArgument(s)
    end(s)
    return mailbox
  },
  parsed: (mailbox) => ({ type: 'GETQUOTAROOT', mailbox }),
  question: (mailbox) => ({ type: 'quotaUsage', mailbox }),
  answer: (asked, context, answer) => {
    const { mailbox = asked, limits } = answered(answer, 'quotaFound')
    const name = mailboxText(mailbox, context)
    // Without a limit there is no quota root: a QUOTA response names at least one limit (RFC 9208 section 7).
    const told = hasLimit(limits)
      ? [untagged({ type: 'QUOTAROOT', root: true }, `QUOTAROOT ${name} ${stringOf('')}`), quotaResponse(answer)]
      : [untagged({ type: 'QUOTAROOT', root: false }, `QUOTAROOT ${name}`)]
    return { ...ok('That is all'), untagged: told }
  },
})

export const setQuota = command<string>({
  name: 'SETQUOTA',
  states: LOGGED_IN,
  syntax: 'SETQUOTA root (resource limit ...)',
  rfc: 'RFC 9208 section 4.1.3',
  example: 'SETQUOTA "" (STORAGE 512)',
  scan(s) {
    sp(s)
    const root = astring(s, 'the name of a quota root')
    sp(s)
    parenthesized(
      s,
      (inner) => {
        astring(inner, 'the name of a resource')
        sp(inner)
        return number(inner, 'a limit')
      },
      true,
    )
    end(s)
    if (root.length > 1000) expected(s, 'a shorter name')
    return root
  },
  parsed: () => ({ type: 'SETQUOTA' }),
  answer: () => ({ status: 'NO', code: 'NOPERM', text: 'Only an administrator sets quotas' }),
})
