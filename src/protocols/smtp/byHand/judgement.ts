import type { Octets } from '../../../base/octets'
import { parseReply, type Reply } from '../grammar/reply'

/**
 * A person's reply beside the real machine's, by meaning: the same first digit and the same cause is the same.
 * `otherCause`: the client does the same, and people read another reason. `goodbye`: 221 or 421, which end the call. `unfinished`:
 * more lines of it are announced.
 */
export type Judgement = 'same' | 'otherDigit' | 'otherCause' | 'goodbye' | 'noReply' | 'unfinished'

const digitOf = ({ code }: Reply): number => Math.floor(code / 100)

/** Judges a whole reply, line ends included. */
export function judgeReply(said: Octets, machine: Octets): Judgement {
  const parsed = parseReply(said)
  if (parsed === 'needsMore') return 'unfinished'
  const mine = parsed.reply
  if (!mine) return 'noReply'
  const parsedMachine = parseReply(machine)
  const real = parsedMachine === 'needsMore' ? undefined : parsedMachine.reply
  if (!real) return 'otherDigit'
  if (endsCall(mine) && !endsCall(real)) return 'goodbye'
  if (digitOf(mine) !== digitOf(real)) return 'otherDigit'
  return digitOf(mine) < 4 || hasSameCause(mine, real) ? 'same' : 'otherCause'
}

const endsCall = ({ code }: Reply): boolean => code === 221 || code === 421

/** The enhanced status code tells the cause (RFC 3463); without one, the code does. A detail of 0 leaves it open. */
function hasSameCause(mine: Reply, real: Reply): boolean {
  if (mine.enhanced === undefined || real.enhanced === undefined) return mine.code === real.code
  const [, subject, detail] = mine.enhanced.split('.')
  const [, realSubject, realDetail] = real.enhanced.split('.')
  if (subject !== realSubject) return false
  return detail === realDetail || detail === '0' || realDetail === '0'
}
