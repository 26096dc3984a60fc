import { chairsText } from '../../messages/chairs'
import { parseReply, type Reply } from '../../protocols/smtp'
import type { CallRow } from './calls'

/** The words beside an answer: how it stands to the machine's, and what follows from it. */

const replyIn = (octets: Parameters<typeof parseReply>[0] | undefined): Reply | undefined => {
  const parsed = octets === undefined ? 'needsMore' : parseReply(octets)
  return parsed === 'needsMore' ? undefined : parsed.reply
}
const digitOf = (reply: Reply | undefined): number => (reply ? Math.floor(reply.code / 100) : 0)
const linesOf = (reply: Reply | undefined): number => (typeof reply?.text === 'string' ? 1 : (reply?.text.length ?? 0))
/** The number as it is read: with its enhanced code, where there is one and it tells the cause. */
const numberOf = ({ code, enhanced }: Reply): string =>
  enhanced === undefined || code < 400 ? String(code) : `${code} ${enhanced}`

export interface Beside {
  /** True if it means what the machine would have said. */
  readonly same: boolean
  /** One of the keys `beside.*`. */
  readonly key: 'said' | 'byMachine' | 'noExtensions' | 'fewerExtensions' | 'likeIt' | 'machineSays' | 'nothing'
  readonly number?: string
}

/** The row's answer beside the machine's. */
export function besideOf({ heard, answer }: CallRow): Beside | undefined {
  if (!answer) return undefined
  const { said, machine, judged, by } = answer
  const [mine, real] = [replyIn(said), replyIn(machine)]
  if (by === 'machine') return { same: true, key: 'byMachine' }
  if (!real) return { same: false, key: 'nothing' }
  if (judged !== 'same' || !mine) return { same: false, key: 'machineSays', number: numberOf(real) }
  if (heard === 'EHLO' && linesOf(mine) < linesOf(real))
    return { same: true, key: linesOf(mine) === 1 ? 'noExtensions' : 'fewerExtensions' }
  return mine.code === real.code ? { same: true, key: 'said' } : { same: true, key: 'likeIt', number: numberOf(real) }
}

/** The sentence of what follows from an answer that the machine would not have given; undefined for one that it would. */
export function followsFrom(
  { heard, answer, means }: CallRow,
  { caller, sender }: { readonly caller: string; readonly sender: string },
): string | undefined {
  if (!answer || answer.judged === 'same' || answer.judged === undefined) return undefined
  const [mine, real] = [replyIn(answer.said), replyIn(answer.machine)]
  const parsed = means?.parsed as { readonly forwardPath?: string } | undefined
  const values = { caller, sender, address: parsed?.forwardPath ?? '' }
  const cause = real?.enhanced?.slice(2) ?? ''
  const [said, would] = [digitOf(mine), digitOf(real)]
  const keys =
    answer.judged === 'noReply'
      ? [`follows.${heard}.noReply`, 'follows.noReply']
      : answer.judged === 'goodbye'
        ? [`follows.goodbye.${mine?.code}`]
        : answer.judged === 'otherCause'
          ? [`follows.cause.${said}`]
          : [
              `follows.${heard}.${would}.${cause}.${said}`,
              `follows.${heard}.${would}.${said}`,
              `follows.${heard}.${said}`,
              `follows.${would}.${said}`,
              `follows.${said}`,
            ]
  for (const key of keys) {
    const text = chairsText.found(key, values)
    if (text !== undefined) return text
  }
  return undefined
}
