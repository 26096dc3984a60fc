import { fromText, octets } from '../base/octets'
import { instant } from '../base/time'
import { composeMessage } from '../mail/compose'
import type { Intervention } from '../world/intervention'
import type { Scenario } from '../world/scenario'
import type { Deed, LetterDeed, Play, ReadyLetterDeed, RecordsDeed, TalkDeed } from './deed'

/**
 * The interventions of a run, in the order of time: what its world begins with, and its deeds. Messages are composed from the
 * scenario's own accounts.
 */
export function interventionsOf(play: Pick<Play, 'deeds'>, scenario: Scenario): readonly Intervention[] {
  const own = play.deeds.flatMap((deed) => interventionsOfDeed(deed, scenario))
  return [...(scenario.before ?? []), ...own].sort((a, b) => a.at - b.at)
}

function interventionsOfDeed(deed: Deed, scenario: Scenario): readonly Intervention[] {
  if (deed.type === 'talk') return said(deed)
  if (deed.type === 'records') return [edited(deed, scenario)]
  if (deed.type === 'readyLetter' || deed.type === 'letter') return [submitted(deed, scenario)]
  return [{ ...deed, at: instant(deed.at) }]
}

function submitted(deed: LetterDeed | ReadyLetterDeed, scenario: Scenario): Intervention {
  const ready = scenario.letter
  const letter = deed.type === 'letter' ? deed : ready
  const cc = deed.type === 'letter' ? (deed.cc ?? []) : []
  const bcc = deed.type === 'letter' ? (deed.bcc ?? []) : []
  const to = (typeof letter.to === 'string' ? [letter.to] : letter.to).map(bareAddress)
  const account = deed.type === 'letter' && deed.from !== undefined ? deed.from : ready.account
  const attachment = deed.type === 'letter' ? deed.attachment : undefined
  return {
    at: instant(deed.at),
    type: 'submitted',
    host: account === ready.account ? ready.host : hostOf(account, scenario),
    account,
    forwardPaths: [...to, ...cc, ...bcc],
    message: composeMessage({
      from: account === ready.account ? bareAddress(ready.from) : account,
      to,
      ...(cc.length > 0 && { cc }),
      subject: letter.subject,
      body: letter.body,
      ...(attachment && {
        attachment: { name: attachment.name, type: attachment.type, octets: filler(attachment.size) },
      }),
    }),
  }
}

/** The scenario's zone with other records for its own name. */
function edited({ at, host, apex, records }: RecordsDeed, scenario: Scenario): Intervention {
  const config = scenario.hosts.find(({ name }) => name === host)?.config
  const { zones = [] } = (config ?? {}) as { zones?: readonly { apex: string; text: string | readonly string[] }[] }
  const text = zones.find((zone) => zone.apex === apex)?.text ?? ''
  const lines = typeof text === 'string' ? text.split('\n') : text
  const others = lines.filter((line) => !/^@\s+(?:\d+\s+)?(?:MX|A|AAAA)\s/.test(line))
  return { at: instant(at), type: 'zoneEdited', host, apex, text: [...others, ...records].join('\n') }
}

function said({ lines, every, hangUp, ...call }: TalkDeed): readonly Intervention[] {
  const { host, terminal, to, port, implicitTls } = call
  const at = (nth: number) => instant(call.at + nth * every)
  return [
    { at: at(0), type: 'connected', host, terminal, to, port, ...(implicitTls && { implicitTls }) },
    ...lines.map(
      (line, nth): Intervention => ({
        at: at(nth + 1),
        type: 'typed',
        host,
        terminal,
        octets: fromText((typeof line === 'string' ? [line] : line).map((each) => `${each}\r\n`).join('')),
      }),
    ),
    ...(hangUp ? [{ at: at(lines.length + 1), type: 'hungUp', host, terminal } as const] : []),
  ]
}

/** The device whose account this is and that sends from it; the prepared message's device if there is none. */
function hostOf(address: string, scenario: Scenario): string {
  const owner = scenario.hosts.find(({ config }) =>
    ((config as { accounts?: readonly { address: string; submission?: unknown }[] }).accounts ?? []).some(
      (account) => account.address === address && account.submission !== undefined,
    ),
  )
  return owner?.name ?? scenario.letter.host
}

/** A file of this size that is no text, always the same. */
const filler = (size: number) =>
  octets(Array.from({ length: size }, (_, at) => String.fromCharCode((at * 151 + 7) % 256)).join(''))

/** `Bob <bob@bird.example>` is `bob@bird.example`. */
const bareAddress = (mailbox: string): string => /<([^<>]+)>/.exec(mailbox)?.[1] ?? mailbox.trim()
